"""Named young people of the demonstration, each with a story, told through operations with dates relative to today."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from alongside.features.people.models import Consent, Person
from alongside.features.people.operations import add_person, link_partner, record_consent, sign_agreement
from alongside.features.people.operations.sharing import KIND_OF_ROLE
from alongside.features.register.operations import enter_register
from alongside.foundation.access import context
from alongside.foundation.access.roles import PARTNER_TOPICS, Role
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import recording
from alongside.overview.guarded.emergencies import Asked, open_in_emergency
from alongside.overview.guarded.restricting import restrict
from alongside.overview.models import Duty
from alongside.overview.operations import answer_duty
from simulator import history as h
from simulator.replay import Replay, acting_as
from simulator.stories import close, ending, wider
from simulator.stories.cared_for import tell_where_they_live
from simulator.stories.escalated import escalate
from simulator.stories.families import Families
from simulator.stories.leaving import leave_hospital
from simulator.stories.nights import tell_nights
from simulator.stories.papers import file_and_post
from simulator.stories.planned import miss_review, plan_reviews, plan_with_her
from simulator.stories.reviewed import hold_review_on_the_ward, hold_reviews
from simulator.stories.supervised import keep_wordings, supervise
from simulator.stories.telling import FIRST_STORY, Teller

#: So many days ago families agreed that partners are told.
AGREED = 25

STORIES: tuple[Callable[[Teller], h.Life], ...] = (
    close.kai,
    close.maya,
    wider.jordan,
    wider.leo,
    close.ruby,
    close.noah,
    wider.ellis,
    wider.amara,
    wider.theo,
    wider.robin,
    wider.zara,
    wider.idris,
    ending.sol,
    ending.mina,
    ending.tess,
    close.iona,
)


def tell(now: datetime, members: dict[str, h.Member], icbs: dict[str, tuple[int, str]]) -> None:
    """All stories, the partners' involvements, and the restricted record. Inside the caller's transaction."""
    teller, made = Teller(now, members, icbs), {}
    for story in STORIES:
        made[story.__name__] = Replay(story(teller)).run()
    for person_id in made.values():
        _answer_what_is_long_past(teller, person_id)
    _partners(teller, made)
    _restrict(teller, made["zara"])
    _said_no(teller)
    ending.tell_endings(teller, made)
    supervise(teller, made)
    keep_wordings(teller)
    leave_hospital(teller, made)
    hold_reviews(teller, made["ruby"])
    hold_review_on_the_ward(teller, made["maya"])
    plan_reviews(teller, made["leo"])
    miss_review(teller, made["iona"])
    plan_with_her(teller, made["maya"])
    escalate(teller, made["ruby"], made["kai"])
    tell_where_they_live(teller, made)
    _open_in_emergency(teller, made["theo"])
    tell_nights(teller, made["theo"])
    Families(teller, made).come_in()
    file_and_post(teller, made["kai"])


def _answer_what_is_long_past(t: Teller, person_id: int) -> None:
    """What was due weeks ago was done in time: what is late now is what the stories are about."""
    for _ in range(4):  # an answer may make the next one due
        with context.as_engine():
            person = Person.objects.get(pk=person_id)
            entered = person.responsibilities.get(to_at=None).from_at + timedelta(days=1)
            found = list(Duty.objects.filter(person=person, doing="record_done", due__lt=t.at(15)))
        for duty in found:
            at = min(max(duty.due - timedelta(days=2), entered), t.at(15))
            by = t.members["dev" if person.icb_id != t.icbs["DEMO"][0] else "priya"]
            with acting_as(by.id, at) as me, recording(by=me, at=at) as note:
                answer_duty(note, duty=duty, answer="done", on=at.date(), by=me)


def _partners(t: Teller, made: dict[str, int]) -> None:
    """Three partners: their organisations agreed, each family agreed, and they read the topics of their role."""
    with acting_as(t.members["priya"].id, t.at(AGREED)) as me, recording(by=me, at=t.at(AGREED)) as note:
        icb = Organisation.objects.get(pk=t.icbs["DEMO"][0])
        actors = Actor.objects.select_related("organisation").in_bulk([t.members[key].id for _, key, _ in _links()])
        for employer in {actor.organisation for actor in actors.values()}:
            sign_agreement(
                note, icb=icb, organisation=employer, purpose="Working together for children on the register.",
                signed_on=t.day(400), signed_by="Both directors", by=me,
            )  # fmt: skip
        for story, key, role in _links():
            person, actor = Person.objects.get(pk=made[story]), actors[t.members[key].id]
            record_consent(
                note, person=person, purpose=Consent.Purpose.SHARING, answer="given", basis="parental",
                decided_on=t.day(AGREED), evidenced=True, recipient_kind="organisation",
                recipient_id=actor.organisation_id, about_topics=list(PARTNER_TOPICS[role]),
            )  # fmt: skip
            link_partner(note, person=person, actor=actor, topics=PARTNER_TOPICS[role], kind=KIND_OF_ROLE[role])


def _links() -> Iterator[tuple[str, str, str]]:
    for story in ("kai", "maya", "noah", "ruby"):
        yield story, "helen", Role.PARTNER_HEALTH
    for story in ("kai", "jordan", "ruby"):
        yield story, "ed", Role.PARTNER_EDUCATION
    for story in ("kai", "ruby"):
        yield story, "samira", Role.PARTNER_SOCIAL_CARE


def _restrict(t: Teller, person_id: int) -> None:
    """Named people only, and only the register coordinator is named."""
    with acting_as(t.members["priya"].id, t.at(2)) as me, recording(by=me, at=t.at(2)) as note:
        person = Person.objects.get(pk=person_id)
        restrict(
            note,
            person=person,
            because="The child of a member of staff",
            named=[me.id],
            review_on=t.at(2).date() + timedelta(days=364),
            by=me,
        )


def _open_in_emergency(t: Teller, person_id: int) -> None:
    """Opened yesterday at night by somebody who doesn't work with him; nobody has looked at it yet."""
    with context.as_engine():
        number = Person.objects.values_list("nhs_number", flat=True).get(pk=person_id)
    with acting_as(t.members["helen"].id, t.at(1)) as me, recording(by=me, at=t.at(1)) as note:
        open_in_emergency(
            note,
            asked=Asked(nhs_number=number or ""),
            reason="hospital",
            words="Came into A&E with the police at night. We need to know how to talk with him.",
            by=me,
            until=t.at(1) + timedelta(hours=12),
        )


def _said_no(t: Teller) -> None:
    """A family that had agreed and withdrew: the record is closed, and the custodian keeps what stays of it."""
    for days_ago, answer in ((60, "given"), (12, "withdrawn")):
        with acting_as(t.members["priya"].id, t.at(days_ago)) as me, recording(by=me, at=t.at(days_ago)) as note:
            if answer == "given":
                person = add_person(
                    note, icb_id=t.icbs["DEMO"][0], given_name="Nell", family_name="Farrow", birth_date=t.born(13, 40)
                )
            record_consent(
                note, person=person, purpose=Consent.Purpose.REGISTER, answer=answer, basis="parental",
                decided_by="Joan Farrow", decided_on=t.day(days_ago), evidenced=True, evidence="Said at a visit",
            )  # fmt: skip
            if answer == "given":
                enter_register(
                    note, person=person, listing="child", entered_on=t.day(days_ago), reason="Named by school.", by=me
                )


__all__ = ["FIRST_STORY", "tell"]
