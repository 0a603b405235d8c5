"""Answers, restrictions and partners at random, so that every state of the ledger is behind the doors.

Into a demonstration only, inside a transaction that is rolled back: nothing of it stays.
"""

from datetime import datetime, timedelta
from random import Random

from alongside.features.people.models import Consent, Document, Person
from alongside.features.people.operations import link_partner, record_consent, record_fact, set_restricted
from alongside.foundation.access.models import Involvement
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Organisation, SharingAgreement
from alongside.foundation.recording.recording import Notes, recording
from alongside.foundation.topics import EVERY_TOPIC, Topic

KINDS = {"health": "partner_health", "education": "partner_education", "social_care": "partner_social_care"}
TOPICS = (Topic.IDENTITY, Topic.HEALTH, Topic.EDUCATION, Topic.REGISTER, Topic.AGREEMENT)
SCRAMBLED = 400


def scramble(random: Random, at: datetime) -> None:
    """Asked as the engine. What it writes is dated before `at`."""
    before = at - timedelta(minutes=5)
    numbers = sorted(Person.objects.filter(survivor=None).values_list("pk", flat=True))
    chosen = Person.objects.select_related("icb").in_bulk(random.sample(numbers, min(SCRAMBLED, len(numbers))))
    with recording(by=Actor.objects.get(kind="engine"), at=before) as note:
        partners = {icb: _partners(icb, before) for icb in {person.icb for person in chosen.values()}}
        for person in chosen.values():
            _one(note, person, partners[person.icb], random, before)
        note("access.probed", words="Answers were invented to try the doors.")


def _partners(icb: Organisation, at: datetime) -> list[tuple[Actor, str]]:
    """One of each kind, a parent and somebody of a review; and two agreements between organisations of three."""
    made = []
    for kind, role in (*KINDS.items(), ("family", "family"), ("review", "keyworker")):
        actor = Actor.objects.create(name=f"Probe: {kind}", post=kind, about="Made to try the doors")
        RoleHeld.objects.create(actor=actor, role=role, area=icb, from_date=at.date())
        made.append((actor, kind))
    for kind in ("health", "education"):
        SharingAgreement.objects.create(
            icb=icb, recipient_kind=kind, purpose="Working together", signed_on=at.date(), signed_by="Directors"
        )
    return made


def _one(note: Notes, person: Person, partners: list[tuple[Actor, str]], random: Random, at: datetime) -> None:
    for actor, kind in partners:
        if random.random() < 0.4:
            _link(note, person, actor, kind, random)
    for _ in range(random.randint(0, 3)):
        _answer(note, person, partners, random, at)
    if random.random() < 0.05:
        set_restricted(note, person=person, restricted=True, because="Tried out.")
    record_fact(
        note, Document, person=person, topic=random.choice(TOPICS), words="A file.", kind="letter", title="Letter",
        file_name="letter.pdf", media_type="application/pdf", size=1, storage_key="none", sha256="0" * 64,
    )  # fmt: skip


def _link(note: Notes, person: Person, actor: Actor, kind: str, random: Random) -> None:
    topics = sorted(random.sample([topic.value for topic in TOPICS], random.randint(1, 4)))
    link = link_partner(note, person=person, actor=actor, topics=topics, kind=kind)
    if kind == "review":
        Involvement.objects.filter(pk=link.pk).update(relies_on="review", recipient_id=person.pk)
    elif random.random() < 0.1:
        Involvement.objects.filter(pk=link.pk).update(relies_on="", sees_guarded=random.choice((0, 2)))


def _answer(note: Notes, person: Person, partners: list[tuple[Actor, str]], random: Random, at: datetime) -> None:
    actor, kind = random.choice(partners)
    purpose, recipient, number = random.choice(
        (
            (Consent.Purpose.REGISTER, "", None),
            (Consent.Purpose.KEYWORKING, "", None),
            (Consent.Purpose.SHARING, "actor", actor.pk),
            (Consent.Purpose.SHARING, kind, None),
            (Consent.Purpose.SHARING, "", None),
            (Consent.Purpose.REVIEW, "review", person.pk),
        )
    )
    given = 0.7 if purpose != Consent.Purpose.REGISTER else 0.3
    answer = "given" if random.random() < given else random.choice(("refused", "withdrawn", "unknown"))
    until = random.choice((None, None, -1, 5)) if purpose == Consent.Purpose.SHARING else None
    record_consent(
        note, person=person, purpose=purpose, answer=answer, basis="parental", evidenced=random.random() < 0.7,
        decided_on=at.date(), recipient_kind=recipient, recipient_id=number,
        about_topics=[] if random.random() < 0.6 else random.sample(list(EVERY_TOPIC), 3),
        valid_until=None if until is None else at.date() + timedelta(days=until),
    )  # fmt: skip
