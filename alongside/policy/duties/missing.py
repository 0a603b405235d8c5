"""What has to be found out because a rule needs it."""

from datetime import date

from ..counting import local_day
from ..rules import computes
from .reckoning import Reckoning, admitted_at, known_from


def missing_duties(r: Reckoning) -> None:
    _birth_date(r)
    for stay in r.facts.stays:
        if stay.admitted_at is None and stay.is_open:
            since = local_day(admitted_at(stay))
            _find_out(r, "admitted_at", "the day of admission", since, "hospital", "stay", stay.id)
    if r.open_entries:
        _plan_date(r, known_from(r.open_entries[0]))


def _birth_date(r: Reckoning) -> None:
    """Counted from the day a register knew of the person; without one, from the admission."""
    begins = [known_from(entry) for entry in r.open_entries]
    begins = begins or [local_day(admitted_at(stay)) for stay in r.facts.stays if stay.is_open]
    if r.facts.birth_date is None and begins:
        _find_out(r, "birth_date", "the date of birth", min(begins), "identity", "person", r.facts.person_id)


def _plan_date(r: Reckoning, since: date) -> None:
    """An EHC plan without a day to count its next review from."""
    if any(review.kind == "ehc_plan" and review.held_at for review in r.facts.reviews):
        return
    what = "the day the EHC plan was issued or last reviewed"
    for plan in r.facts.circumstances:
        if plan.kind == "ehc_plan" and plan.from_date is None and plan.to_date is None:
            _find_out(r, "ehc_reviewed", what, since, "education", "circumstance", plan.id)


@computes("fact_missing")
def _find_out(r: Reckoning, name: str, fact: str, day: date, topic: str, subject: str, subject_id: int) -> None:
    rule, due = r.clock("fact_missing", day)
    r.add(
        rule,
        f"find_out:{name}:{subject}:{subject_id}",
        f"Find out {fact}",
        f"{fact[0].upper()}{fact[1:]} is not recorded, so the earliest dates are assumed until it is.",
        due=due,
        shows=day,
        owner=r.keyworker_or(),
        doing="find_out",
        topic=topic,
        subject=subject,
        subject_id=subject_id,
    )
