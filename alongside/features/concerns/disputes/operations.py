"""Disputes on who is responsible. Each is called inside `recording()`."""

from datetime import date

from alongside.features.concerns.keeping import begin, lock, take_step
from alongside.features.concerns.models import Dispute
from alongside.features.people.models import Person
from alongside.foundation.access.me import Me
from alongside.foundation.access.protected import NotNow
from alongside.foundation.recording.recording import Notes
from alongside.foundation.topics import Topic
from alongside.policy.counting import local_day

NO_OWNER = "Write who acts until it is decided. Until they have said yes, it is the area that holds the record."


def open_dispute(
    note: Notes, *, by: Me, person: Person, about: str, one_body: str, other_body: str, what: str, opened_on: date,
    interim_owner: str, interim_name: str = "", interim_accepted: bool = False, interim_to: date | None = None,
    lead_id: int | None = None,
) -> Dispute:  # fmt: skip
    """Two bodies don't agree. NotNow without somebody who acts meanwhile; the database refuses it, too."""
    today = local_day(note.at)
    _check_interim(interim_owner, interim_name, interim_accepted, opened_on, interim_to)
    if opened_on > today:
        raise NotNow("future", "This day is still to come.")
    return begin(
        note, Dispute, by=by, person=person, topic=Topic.MONEY, code="dispute.opened",
        words=f"{one_body} and {other_body} don’t agree on who is responsible. "
        + _acts_words(interim_owner, interim_accepted, person),
        about=about, one_body=one_body, other_body=other_body, what=what, opened_on=opened_on,
        interim_owner=interim_owner.strip(), interim_name=interim_name, interim_from=opened_on, interim_to=interim_to,
        interim_accepted_on=today if interim_accepted else None, lead_id=lead_id or by.id,
    )  # fmt: skip


def _check_interim(owner: str, name: str, accepted: bool, begins: date, ends: date | None) -> None:
    if not owner.strip():
        raise NotNow("interim_owner", NO_OWNER)
    if accepted and not name.strip():
        raise NotNow("interim_name", "Write who said yes for them.")
    if ends is not None and ends < begins:
        raise NotNow("interim_to", "The last day can’t be before the first day.")


def _acts_words(owner: str, accepted: bool, person: Person) -> str:
    if accepted:
        return f"{owner.strip()} said yes to acting until it is decided."
    if owner.strip() == person.icb.name:
        return f"{owner.strip()} acts until it is decided."
    return f"{owner.strip()} is to act until it is decided. Until they say yes, {person.icb.name} acts."


def set_interim(
    note: Notes, *, dispute: Dispute, by: Me, interim_owner: str, interim_name: str, accepted: bool, begins: date,
    ends: date | None, words: str = "", seen: int | None = None,
) -> Dispute:  # fmt: skip
    """Who acts from a day on, and whether they said yes. There is always one."""
    now = lock(dispute, seen=seen)
    _check_interim(interim_owner, interim_name, accepted, begins, ends)
    return take_step(
        note, now, kind="interim", by=by, words=words or interim_owner,
        said=_acts_words(interim_owner, accepted, now.person),
        interim_owner=interim_owner.strip(), interim_name=interim_name, interim_from=begins, interim_to=ends,
        interim_accepted_on=local_day(note.at) if accepted else None,
    )  # fmt: skip


def look_at_dispute(note: Notes, *, dispute: Dispute, by: Me, words: str, seen: int | None = None) -> Dispute:
    """What was done so that it is decided."""
    now = lock(dispute, seen=seen)
    return take_step(
        note, now, kind="looked", said="Somebody pressed for a decision in the dispute.", by=by, words=words
    )


def decide_dispute(
    note: Notes, *, dispute: Dispute, by: Me, outcome: str, decided_owner: str, decided_who: str, decided_on: date,
    words: str, family_words: str = "", seen: int | None = None,
) -> Dispute:  # fmt: skip
    """Who is responsible, who decided it, and what the family is told of it; then it is over."""
    now = lock(dispute, seen=seen)
    today = local_day(note.at)
    if not (decided_owner.strip() and decided_who.strip()):
        raise NotNow("owner", "Write who is responsible now, and who decided it.")
    if not now.opened_on <= decided_on <= today:
        raise NotNow("day", "The decision can’t be before the dispute began, nor still to come.")
    told = {"told": True, "told_on": today, "family_words": family_words.strip()} if family_words.strip() else {}
    return take_step(
        note, now, kind="decided", said=f"The dispute is over: {decided_owner} is responsible.", by=by, words=words,
        outcome=outcome, outcome_words=words, decided_owner=decided_owner, decided_who=decided_who,
        decided_on=decided_on, closed_at=note.at, **told,
    )  # fmt: skip
