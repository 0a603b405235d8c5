"""What is due about concerns, disputes and money; where somebody lives stands in `placements.py`.

Safeguarding is due the moment it is written down. Everything else has a day on which somebody looks at it again,
whatever others do.
"""

from datetime import date

from ..concerns import ConcernFacts, DisputeFacts, FundingFacts, WaitingBody
from ..counting import as_utc, day_in_words, days_after, local_day
from ..rules import computes
from .duty import Owner
from .placements import placement_duties
from .reckoning import Reckoning, shows_before

SERIOUS = ("serious", "danger")


def care_duties(r: Reckoning) -> None:
    """One or two for each of what is followed; on the register or not."""
    care = r.facts.concerns
    if care is not None:
        for concern in care.concerns:
            _concern(r, concern)
        for dispute in care.disputes:
            _dispute(r, dispute)
        for funding in care.funding:
            _funding(r, funding)
    placement_duties(r)


def _lead(r: Reckoning, lead_id: int, kind: str = "keyworking") -> Owner:
    return Owner("actor", lead_id) if lead_id else r.keyworker_or(kind)


def _concern(r: Reckoning, one: ConcernFacts) -> None:
    if one.safeguarding and one.council_told_at is None:
        _council(r, one)
    elif one.found_on is not None:
        _told_back(r, one, one.found_on)
    elif one.safeguarding and not one.council_answered and one.council_told_at is not None:
        _council_answer(r, one, local_day(one.council_told_at))
    else:
        _look(r, one)


def _owner(r: Reckoning, one: ConcernFacts) -> Owner:
    """Of a hospital it is the commissioner's, who is the one point to which concerns about a unit go."""
    if one.topic == "hospital" and not one.lead_id:
        return r.team("commissioning")
    return _lead(r, one.lead_id)


@computes("safeguarding_council_told")
def _council(r: Reckoning, one: ConcernFacts) -> None:
    """It is late from the moment it was written down: nothing is shorter than at once."""
    at = as_utc(one.raised_at)
    r.add(
        r.ruleset.in_force("safeguarding_council_told", local_day(at)),
        f"safeguarding:concern:{one.id}",
        "Ring the council now: safeguarding",
        f"A safeguarding concern was written down on {day_in_words(local_day(at))} and nobody has told the council. "
        "If somebody is in danger now, ring 999 first.",
        due=at,
        shows=at,
        owner=_owner(r, one),
        doing="open_concern",
        topic=one.topic,
        subject="concern",
        subject_id=one.id,
    )


@computes("safeguarding_council_answer")
def _council_answer(r: Reckoning, one: ConcernFacts, told: date) -> None:
    rule, due = r.clock("safeguarding_council_answer", told)
    r.add(
        rule,
        f"safeguarding_answer:concern:{one.id}:{told.isoformat()}",
        "Ask the council what it does about the concern",
        f"The council was told on {day_in_words(told)}. It says what it does within {rule.length_in_words}.",
        due=due,
        shows=told,
        owner=_owner(r, one),
        doing="open_concern",
        topic=one.topic,
        subject="concern",
        subject_id=one.id,
    )


@computes("concern_serious_looked_at", "concern_looked_at")
def _look(r: Reckoning, one: ConcernFacts) -> None:
    on = local_day(one.looked_at)
    rule, due = r.clock("concern_serious_looked_at" if one.severity in SERIOUS else "concern_looked_at", on)
    said = f"looked at within {rule.length_in_words}"
    if one.look_on is not None:
        due, said = one.look_on, "looked at again on the day that was chosen"
    r.add(
        rule,
        f"concern_look:concern:{one.id}:{on.isoformat()}",
        f"Look at the concern about {one.place}",
        f"Somebody last wrote about it on {day_in_words(on)}; it is {said}.",
        due=due,
        shows=min(shows_before(on, due), on) if one.severity in SERIOUS else shows_before(on, due),
        owner=_owner(r, one),
        doing="open_concern",
        topic=one.topic,
        subject="concern",
        subject_id=one.id,
    )


@computes("concern_told_back")
def _told_back(r: Reckoning, one: ConcernFacts, found: date) -> None:
    missing = [
        name for name, told in (("whoever said it", one.raiser_told), ("the family", one.family_settled)) if not told
    ]
    rule, due = r.clock("concern_told_back", found)
    r.add(
        rule,
        f"concern_told:concern:{one.id}:{found.isoformat()}",
        f"Tell {' and '.join(missing)} what came of the concern",
        f"It was written down on {day_in_words(found)} what came of it. They hear it within {rule.length_in_words}; "
        "where telling the family isn’t safe, that is written down.",
        due=due,
        shows=found,
        owner=_owner(r, one),
        doing="open_concern",
        topic=one.topic,
        subject="concern",
        subject_id=one.id,
    )


@computes("dispute_interim_owner", "dispute_looked_at")
def _dispute(r: Reckoning, one: DisputeFacts) -> None:
    """Row 72: at once while nobody has said yes, and from the day after the interim time ran out."""
    owner = _lead(r, one.lead_id, "commissioning")
    if not one.accepted or one.interim_to is not None:
        since = one.interim_from if not one.accepted else days_after(one.interim_to or one.interim_from, 1)
        rule, due = r.clock("dispute_interim_owner", since)
        why = (
            f"{one.interim_owner} is to act until the dispute is decided, and nobody there has said yes. "
            "Until they do, the area that holds the record acts."
            if not one.accepted
            else f"{one.interim_owner} acts until {day_in_words(days_after(since, -1))} and not longer. After that the "
            "area that holds the record acts, until somebody says yes."
        )
        r.add(
            rule,
            f"interim_owner:dispute:{one.id}:{since.isoformat()}",
            "Get a yes from whoever acts until the dispute is decided",
            why,
            due=due,
            shows=since if not one.accepted else days_after(since, -7),
            owner=owner,
            doing="open_dispute",
            topic="money",
            subject="dispute",
            subject_id=one.id,
        )
    on = local_day(one.looked_at)
    rule, due = r.clock("dispute_looked_at", on)
    r.add(
        rule,
        f"dispute_look:dispute:{one.id}:{on.isoformat()}",
        "Press for a decision: who is responsible",
        f"Open since {day_in_words(one.opened_on)}, last pressed on {day_in_words(on)}; "
        f"again within {rule.length_in_words}.",
        due=due,
        shows=shows_before(on, due),
        owner=owner,
        doing="open_dispute",
        topic="money",
        subject="dispute",
        subject_id=one.id,
    )


def _funding(r: Reckoning, one: FundingFacts) -> None:
    if one.decided_on is None:
        for body in one.waiting:
            _body(r, one, body)
    elif not one.told:
        _funding_told(r, one, one.decided_on)
    elif not one.refused and not one.started:
        _funding_started(r, one, one.starts_on or one.decided_on)


@computes("funding_answered")
def _body(r: Reckoning, one: FundingFacts, body: WaitingBody) -> None:
    rule, due = r.clock("funding_answered", body.since)
    why = f"Asked on {day_in_words(body.since)}; an answer is due within {rule.length_in_words}."
    if body.panel_on is not None and body.panel_on >= body.since:
        due, why = days_after(body.panel_on, 1), f"Its panel meets on {day_in_words(body.panel_on)}."
    r.add(
        rule,
        f"funding_answer:part:{body.id}:{body.since.isoformat()}",
        f"Get an answer on money from {body.name}",
        f"{why} It is for: {one.what_for}.",
        due=due,
        shows=shows_before(body.since, due),
        owner=_lead(r, one.lead_id, "commissioning"),
        doing="open_funding",
        topic="money",
        subject="funding",
        subject_id=one.id,
    )


@computes("funding_told")
def _funding_told(r: Reckoning, one: FundingFacts, decided: date) -> None:
    rule, due = r.clock("funding_told", decided)
    r.add(
        rule,
        f"funding_told:funding:{one.id}",
        "Tell the family what was decided about money",
        f"Decided on {day_in_words(decided)}: {one.what_for}. They hear it in plain words within "
        f"{rule.length_in_words}.",
        due=due,
        shows=decided,
        owner=_lead(r, one.lead_id),
        doing="open_funding",
        topic="money",
        subject="funding",
        subject_id=one.id,
    )


@computes("funding_started")
def _funding_started(r: Reckoning, one: FundingFacts, starts: date) -> None:
    rule, due = r.clock("funding_started", starts)
    r.add(
        rule,
        f"funding_started:funding:{one.id}:{starts.isoformat()}",
        f"Ask whether it has started: {one.what_for}",
        f"It was to start on {day_in_words(starts)}. Somebody asks within {rule.length_in_words}.",
        due=due,
        shows=starts,
        owner=_lead(r, one.lead_id),
        doing="open_funding",
        topic="money",
        subject="funding",
        subject_id=one.id,
    )
