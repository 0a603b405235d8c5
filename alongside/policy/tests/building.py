"""Short ways to say facts in tests. All people are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from alongside.policy.counting import LONDON, default_calendar, end_of_day
from alongside.policy.duties import (
    ClosedFacts,
    DeliveryFacts,
    DisposalFacts,
    Duty,
    FirstSupervisionFacts,
    HandOverFacts,
    MeetingCycleFacts,
    MeetingFacts,
    MessageFacts,
    MoveFacts,
    OfficersFacts,
    OpeningFacts,
    OverrideFacts,
    PossibleDuplicateFacts,
    ReferralFacts,
    Required,
    RequiredTrainingFacts,
    RestrictionFacts,
    SchoolAskFacts,
    SchoolTermFacts,
    SharingAgreementFacts,
    SubjectAccessFacts,
    ToldByLinkFacts,
    TrainingFacts,
    UntoldShareFacts,
    WrongPersonFacts,
    duties_for,
)
from alongside.policy.duties.arriving import LinkFacts, NoticeFacts
from alongside.policy.facts import (
    AllocationFacts,
    AnswerFacts,
    CircumstanceFacts,
    ConsentFacts,
    EntryFacts,
    LegalStatusFacts,
    PersonFacts,
    RatingFacts,
    ReviewFacts,
    StayFacts,
)
from alongside.policy.rules import Ruleset

CALENDAR = default_calendar()
RULES = Ruleset.build("DEMO")
TEAMS = {"register": 1, "keyworking": 2, "review": 3, "commissioning": 4}
AGREED = ConsentFacts(1, "register", "given", date(2026, 6, 1), evidenced=True)
KEYWORKER = AllocationFacts(1, 70, "designated", date(2026, 6, 1))


def moment(text: str) -> datetime:
    """'2026-06-01' is noon in England on that day; a time may be given too."""
    found = datetime.fromisoformat(text if " " in text else f"{text} 12:00")
    return found.replace(tzinfo=LONDON).astimezone(UTC)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def rating(colour: str, on: str, id: int = 1, **more) -> RatingFacts:
    return RatingFacts(id, colour, moment(on), **more)


def entry(*ratings: RatingFacts, on: str = "2026-06-01", id: int = 1, **more) -> EntryFacts:
    more.setdefault("listing", "child")
    return EntryFacts(id, "DEMO", entered_on=day(on), ratings=ratings, **more)


def stay(admitted: str | None, discharged: str | None = None, id: int = 1, **more) -> StayFacts:
    more.setdefault("kind", "mental_health_hospital")
    return StayFacts(
        id,
        admitted_at=moment(admitted) if admitted else None,
        discharged_at=moment(discharged) if discharged else None,
        **more,
    )


def review(kind: str, on: str, id: int = 1, **more) -> ReviewFacts:
    return ReviewFacts(id, kind, moment(on), **more)


def plan(since: str | None = "2026-01-15", until: str | None = None, id: int = 1) -> CircumstanceFacts:
    return CircumstanceFacts(id, "ehc_plan", day(since), day(until))


def person(**more) -> PersonFacts:
    more.setdefault("birth_date", date(2012, 3, 10))
    more.setdefault("consents", (AGREED,))
    more.setdefault("teams", TEAMS)
    return PersonFacts(1, "DEMO", **more)


def on_register(*ratings: RatingFacts, **more) -> PersonFacts:
    more.setdefault("entries", (entry(*ratings),))
    return person(**more)


def duties(facts: PersonFacts, rules: Ruleset = RULES) -> dict[str, Duty]:
    return {duty.key: duty for duty in duties_for(facts, rules, CALENDAR)}


def find(facts: PersonFacts, start: str, rules: Ruleset = RULES) -> Duty | None:
    """The one duty whose key begins so, or None."""
    found = [duty for key, duty in duties(facts, rules).items() if key.startswith(start)]
    assert len(found) <= 1, found
    return found[0] if found else None


def answered(facts: PersonFacts, key: str, on: str, answer: str = "done") -> PersonFacts:
    number = len(facts.answers) + 1
    return replace(facts, answers=(*facts.answers, AnswerFacts(number, key, answer, day(on), "said so")))


def assert_due(duty: Duty | None, on: str) -> None:
    """Due at the end of a day: not late in its last microsecond, late in the next."""
    assert duty is not None, "there is no such duty"
    last = end_of_day(date.fromisoformat(on))
    assert duty.due == last, f"due {duty.due}, not {last}"
    assert not duty.timed
    assert not duty.is_late(last)
    assert duty.is_late(after(last))


def after(at: datetime) -> datetime:
    """The next microsecond."""
    return at + timedelta(microseconds=1)


ADULT = date(2000, 3, 10)


def legal(code: str, since: str, until: str | None = None) -> LegalStatusFacts:
    return LegalStatusFacts(code, moment(since), moment(until) if until else None)


def in_hospital(*reviews, since: str = "2026-06-01", born: date | None = date(2012, 3, 10), **more):
    circumstances = more.pop("circumstances", ())
    return person(birth_date=born, stays=(stay(since, **more),), reviews=reviews, circumstances=circumstances)


def referral(at="2026-01-12 08:00", **known):
    """A referral received on Monday 12 January 2026 at 8am, and not looked at yet."""
    values = {"kind": "referral", "id": 7, "icb_id": 1, "opened_at": moment(at), "reference": "R-AB12-CD34"}
    return ReferralFacts(**values | {"state": "received"} | known)


def _matter(of, kind, **more):
    return of(kind=kind, id=9, icb_id=1, opened_at=moment("2026-06-01"), **more)


#: Duties about who is who.
IDENTITY = (
    _matter(PossibleDuplicateFacts, "possible_duplicate", because="The same family name"),
    _matter(MoveFacts, "move_offer", from_name="Northmoor ICB"),
    _matter(WrongPersonFacts, "wrong_person", seen_by=2),
)

#: Duties about messages.
LETTERBOX = (
    _matter(MessageFacts, "message", team="keyworking"),
    _matter(DeliveryFacts, "delivery", how="a letter"),
    _matter(DeliveryFacts, "delivery", how="a letter", on_paper=True),
)

#: Duties about closed records.
CLOSED = (
    _matter(
        ClosedFacts,
        "closed_record",
        closed_on=date(2026, 6, 1),
        offer_again_on=date(2026, 12, 1),
        offered_on=None,
        keep_until=date(2032, 6, 1),
    ),
)

#: Duties about guarded records.
GUARDING = (
    _matter(OpeningFacts, "opening", guard=0),
    _matter(OpeningFacts, "opening", guard=0, told_later_since=moment("2026-06-02")),
    _matter(RestrictionFacts, "restriction", review_on=date(2027, 6, 1)),
    _matter(SubjectAccessFacts, "subject_access", reference="A-1", received_on=date(2026, 6, 1)),
    _matter(SubjectAccessFacts, "subject_access", reference="A-2", received_on=date(2026, 6, 1), longer=True),
    _matter(
        SubjectAccessFacts,
        "subject_access",
        reference="A-3",
        received_on=date(2026, 6, 1),
        checked_at=moment("2026-06-10"),
        second=71,
    ),
    _matter(DisposalFacts, "disposal", people=2),
)

#: Duties about telling others.
SHARING = (
    _matter(SharingAgreementFacts, "sharing_agreement", with_whom="Hill School", ends_on=date(2027, 3, 31)),
    _matter(OverrideFacts, "override", look_again_on=date(2026, 6, 8), owner_actor=70),
    _matter(UntoldShareFacts, "untold_share", owner_actor=70),
)

#: Duties about the question to schools, and about what was told by a link.
_ASK = {"school": "Hill School", "term": "summer term 2026"}
SCHOOLS = (
    _matter(SchoolTermFacts, "school_term", schools=3),
    _matter(SchoolTermFacts, "school_term", schools=3, asked_on=date(2026, 4, 22)),
    _matter(SchoolTermFacts, "school_term", schools=3, asked_on=date(2026, 9, 8)),
    _matter(SchoolTermFacts, "school_term", schools=3, asked_on=date(2026, 1, 12)),
    _matter(SchoolAskFacts, "school_ask", reachable=True, **_ASK),
    *(
        _matter(
            SchoolAskFacts,
            "school_ask",
            reachable=True,
            answered=True,
            not_asked=2,
            not_asked_since=moment("2026-06-03"),
            danger=danger,
            **_ASK,
        )
        for danger in (True, False)
    ),
    _matter(ToldByLinkFacts, "told_by_link", who="Hill School"),
)

#: Duties about the register meeting: planned, over, and a cycle without a next one.
MEETINGS = (
    _matter(MeetingFacts, "meeting", guard=0, starts_at=moment("2026-06-15 09:00"), agenda_sent=False),
    _matter(
        MeetingFacts, "meeting", guard=0, starts_at=moment("2026-06-15 09:00"), agenda_sent=True,
        over_at=moment("2026-06-15 10:30"),
    ),
    _matter(MeetingCycleFacts, "meeting_cycle", guard=0, last_on=date(2026, 6, 1)),
)  # fmt: skip

#: An area that has named nobody, so that every agency has a gap.
OFFICERS = (_matter(OfficersFacts, "officers", guard=0),)

#: Duties about the keyworking team itself.
TEAMS_OWN = (
    *(
        _matter(HandOverFacts, "hand_over", guard=0, from_date=date(2026, 6, 20), agreed=agreed)
        for agreed in (True, False)
    ),
    _matter(FirstSupervisionFacts, "first_supervision", guard=0, since=date(2026, 6, 1)),
    _matter(TrainingFacts, "training", guard=0, owner_actor=70, course="Law", expires_on=date(2026, 6, 30)),
    _matter(
        RequiredTrainingFacts,
        "required_training",
        guard=0,
        owner_actor=70,
        from_date=date(2026, 6, 1),
        to_date=None,
        never_done=(Required(course="law", title="Legal frameworks", since=date(2026, 6, 1)),),
    ),
)

#: Duties about notices of wards, alerts from A&E, and links of organisations.
NOTICES = (
    *(_matter(NoticeFacts, "notice", reference="N-1", alert=alert) for alert in (True, False)),
    _matter(NoticeFacts, "notice", reference="N-2", alert=False, taken_at=moment("2026-06-01")),
    _matter(LinkFacts, "organisation_link", expires_at=moment("2026-09-01"), what_for="Notice"),
)
