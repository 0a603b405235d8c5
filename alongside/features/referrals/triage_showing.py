"""A referral in words for the register team's page."""

from dataclasses import dataclass
from typing import Any

from alongside.features.people.models import Consent, Diagnosis
from alongside.features.referrals.forms_steps import way_of
from alongside.features.referrals.models import Channel, FullForm, OutcomeLetter, Reason, Referral, ReferralStep
from alongside.features.referrals.public_queries import in_words
from alongside.features.register.models import Colour
from alongside.foundation.messages.models import Delivery
from alongside.foundation.nhsuk.filters import day


def said_in(referral: Referral) -> list[tuple[str, list[dict[str, str]]]]:
    """What was said, in groups of question and answer; what was left out is left out."""
    groups: list[tuple[str, list[tuple[str, Any]]]] = [
        ("Why", _why(referral)),
        ("About them", _about(referral)),
        ("Agreement", _agreement(referral)),
        ("Who asked, and how to answer", _asker(referral)),
    ]
    rows = ((title, [{"key": key, "value": str(value)} for key, value in found if value]) for title, found in groups)
    return [(title, found) for title, found in rows if found]


def _why(referral: Referral) -> list[tuple[str, Any]]:
    return [
        ("Reasons", "; ".join(str(Reason(reason).label) for reason in referral.reasons)),
        ("In their words", referral.words),
        ("What the young person says", referral.own_words),
        ("What was tried", referral.tried),
        ("What would help", referral.would_help),
        ("Referrer's own view", Colour(referral.indicative_colour).label if referral.indicative_colour else ""),
        ("Professionals", referral.professionals),
    ]


def _about(referral: Referral) -> list[tuple[str, Any]]:
    diagnosis = [
        f"{Diagnosis.Kind(kind).label}: {Diagnosis.Basis(basis).label.lower()}"
        for kind, basis in referral.diagnosis.items()
        if kind in Diagnosis.Kind.values and basis in Diagnosis.Basis.values
    ]
    return [
        ("Date of birth", day(referral.birth_date) if referral.birth_date else "Not given"),
        ("NHS number", referral.nhs_number or "Not given"),
        ("Diagnosis", "; ".join(diagnosis)),
        ("Home", ", ".join(part for part in (referral.address, referral.postcode) if part)),
        ("Living now", referral.living_now),
        ("School or college", referral.school),
        ("Council", referral.council),
        ("GP practice", referral.gp),
        ("Pronouns", referral.pronouns),
        ("Their phone", referral.phone),
        ("Their e-mail", referral.email),
        ("How to reach them safely", referral.safe_contact),
        ("Who must not know", referral.must_not_know),
    ]


def _agreement(referral: Referral) -> list[tuple[str, Any]]:
    answer = Consent.Answer(referral.agreement).label
    given = referral.agreement == Consent.Answer.GIVEN
    basis = Consent.Basis(referral.agreement_basis or Consent.Basis.NOT_STATED).label
    knows = {True: "Yes", False: "No", None: "Not known"}[referral.young_person_knows]
    return [
        ("To be on the register", answer),
        ("Who decided", f"{referral.agreed_by} ({basis.lower()})".strip() if given else ""),
        ("When", day(referral.agreed_on) if referral.agreed_on else ""),
        ("The young person knows of this", knows),
        ("A grown-up knows", referral.adult_knows),
    ]


def _asker(referral: Referral) -> list[tuple[str, Any]]:
    return [
        ("Who asked", Channel(referral.channel).label),
        ("Name", referral.asker_name),
        ("Who they are", referral.asker_relationship),
        ("Organisation", referral.asker_organisation),
        ("Phone", referral.asker_phone),
        ("E-mail", referral.asker_email),
        ("Address", referral.asker_address),
        ("Wants to be told by", referral.get_answer_by_display()),
        ("What helps them", referral.answer_needs),
    ]


def steps_of(steps: list[ReferralStep]) -> list[dict[str, Any]]:
    """The steps, the newest first, each question with its answer beside it."""
    answers = {step.answers_id: step for step in steps if step.answers_id}
    return [
        {
            "label": step.get_kind_display(),
            "at": step.at,
            "by": step.by_name,
            "words": step.words,
            "of_whom": step.of_whom,
            "hidden": not step.shown,
            "open": step.kind == ReferralStep.Kind.ASKED and step.pk not in answers,
            "id": step.pk,
            "files": [str(one.get("file_name", "File")) for one in step.documents if isinstance(one, dict)],
        }
        for step in reversed(steps)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A letter about the outcome, and where it stands on its way."""

    letter: OutcomeLetter
    deliveries: list[Delivery]

    @property
    def stands(self) -> str:
        """In words: a letter on paper is posted when somebody said so, never before."""
        if not self.deliveries:
            return f"Given on {day(self.letter.sent_at)}"
        last = self.deliveries[-1]
        on = last.sent_at or last.printed_at or last.made_at
        return f"{last.stands}, {day(on)}"


def letters_of(referral: Referral) -> list[Told]:
    """The letters, with where they stand and whether they were opened."""
    letters = list(OutcomeLetter.objects.filter(referral=referral).prefetch_related("opened").order_by("id"))
    ways = deliveries_of(letters)
    return [Told(letter, ways.get(letter.pk, [])) for letter in letters]


def deliveries_of(letters: list[OutcomeLetter]) -> dict[int, list[Delivery]]:
    """What leads to each of these letters, the newest last, by letter."""
    letter_of = {letter.message_id: letter.pk for letter in letters if letter.message_id}
    found: dict[int, list[Delivery]] = {}
    if letter_of:
        rows = Delivery.objects.filter(message_id__in=list(letter_of)).select_related("printed_by", "posted_by")
        for one in rows.order_by("id"):
            found.setdefault(letter_of[one.message_id or 0], []).append(one)
    return found


def told_later(referral: Referral) -> tuple[FullForm | None, list[tuple[str, list[dict[str, str]]]]]:
    """The newest full form, and what it says page by page; what was left out is left out."""
    form = FullForm.objects.filter(referral=referral).order_by("-version").first()
    if form is None:
        return None, []
    way = way_of(referral.channel, "full")
    pages = []
    for step in way.steps:
        rows = [
            {"key": str(field.label).rstrip("?"), "value": in_words(field, form.answers[name])}
            for name, field in step.form.base_fields.items()
            if form.answers.get(name)
        ]
        pages.append((step.title, rows))
    return form, [(title, rows) for title, rows in pages if rows]
