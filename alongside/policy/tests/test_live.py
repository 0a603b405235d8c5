"""A rule is live only if changing its number changes what the product says."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.policy.area_moves import AreaMoveFacts
from alongside.policy.concerns import (
    CareFacts,
    ConcernFacts,
    DisputeFacts,
    FundingFacts,
    NoticeFacts,
    WaitingBody,
)
from alongside.policy.counting import default_calendar
from alongside.policy.discharging import DischargeFacts
from alongside.policy.duties import (
    ExpertFacts,
    ImportFacts,
    InpatientFileFacts,
    duties_for,
    latest_backlog_day,
    matter_duties,
    offer_again_on,
    opening_ends,
    proposed_look_again,
    proposed_override_look,
    proposed_review,
    proposed_supervision,
)
from alongside.policy.duties.discharging import ward_access_ends
from alongside.policy.duties.schools import low_attendance, reminded_on
from alongside.policy.emergencies import CrisisLogFacts, EmergencyDraftFacts, EmergencyFacts, EmergencyMeetingFacts
from alongside.policy.escalating import EscalationsFacts, HeldBack, OpenEscalation, OpenRefusal, Post, first_level
from alongside.policy.facts import (
    ActionFacts,
    AnswerFacts,
    AppointmentFacts,
    CapacityFacts,
    CircumstanceFacts,
    ConsentFacts,
    ContactsFacts,
    EndingFacts,
    LegalStatusFacts,
    OutsideFacts,
    PlanFacts,
    PromiseFacts,
    StepDownFacts,
    ToldFacts,
)
from alongside.policy.held_reviews import CaseFacts, HeldReviewFacts, RegardFacts
from alongside.policy.in_hospital import InHospitalFacts, LeaveFacts, SegregationFacts
from alongside.policy.planned_reviews import PlannedReviewFacts, Seat
from alongside.policy.ratings import NEWS, TOOLS, Happened, floor, look_back, suggest
from alongside.policy.retention import RetentionFacts, import_kept_until, kept_by
from alongside.policy.rules import NATIONAL, Length, Ruleset, live_keys
from alongside.policy.rules.rule import MONTHS_OF_YEAR
from alongside.policy.stepping_down import Step
from alongside.policy.tests.building import (
    AGREED,
    CLOSED,
    GUARDING,
    IDENTITY,
    KEYWORKER,
    LETTERBOX,
    MEETINGS,
    NOTICES,
    OFFICERS,
    SCHOOLS,
    SHARING,
    TEAMS_OWN,
    entry,
    moment,
    person,
    plan,
    rating,
    referral,
    review,
    stay,
)

_HEARD = AreaMoveFacts(1, "area", "Saltby ICB", date(2026, 7, 1))
MOVES = (
    _HEARD,
    replace(_HEARD, offered_at=moment("2026-07-02")),
    replace(_HEARD, refused=1, refused_at=moment("2026-07-03")),
    replace(_HEARD, kind="outside"),
    replace(_HEARD, kind="adult"),
    replace(_HEARD, accepted_at=moment("2026-07-10")),
)

#: Law that has to be switched on to be computed.
COMMENCED = {"part_8a": date(2026, 1, 1), "detention_2025": date(2026, 9, 1)}


def _register():
    for colour in ("red", "amber", "green"):
        yield person(entries=(entry(rating(colour, "2026-06-01")),))
    proposed = rating("red", "2026-06-02", id=2, state="proposed")
    yield person(entries=(entry(proposed, provisional=True),), moved_out_at=moment("2026-07-01"), consents=())
    yield person(entries=(entry(removed_on=date(2026, 7, 1)),))
    for move in MOVES:
        yield person(entries=(entry(),), area_move=move)
    yield person(entries=(entry(),), birth_date=None)
    found = CapacityFacts(1, "register", "capacity", False, date(2026, 6, 1), date(2026, 9, 1))
    no = ConsentFacts(2, "keyworking", "refused", date(2026, 6, 2), evidenced=True)
    yield person(entries=(entry(),), capacity=(found,), consents=(AGREED, no))
    for urgent in (True, False):
        told = (ToldFacts(1, "School", "education", "Their mother", moment("2026-06-01"), urgent),)
        yield person(told=told)
        yield person(told=told, allocations=(KEYWORKER,))
    for state in ("proposed", "accepted", "refused", "blocked", "said_done", "disputed"):
        at, last = moment("2026-06-01"), date(2026, 7, 1)
        agreed = ActionFacts(1, "education", state, "A quiet room", 9, False, at, at, None, last, "", at.date())
        yield person(actions=(agreed,))
    for colour in ("red", "amber", "green"):
        for made in (ContactsFacts(), ContactsFacts(*[moment("2026-06-10")] * 4)):
            rated = (entry(rating(colour, "2026-06-01")),)
            yield person(entries=rated, allocations=(KEYWORKER,), contacts=made)
    sent = PlanFacts(proposal_id=1, sent_at=moment("2026-06-01"))
    shared = PlanFacts(version_id=1, shared_at=moment("2026-06-01"), disagreed={1: moment("2026-06-02")})
    for known in (sent, shared):
        yield person(entries=(entry(),), allocations=(KEYWORKER,), plan=known)
    promise = PromiseFacts(1, "Mr Ash", "Send it", date(2026, 6, 5))
    own_step = PromiseFacts(2, "We", "Ring the school", date(2026, 6, 5))
    authorised = OutsideFacts(1, date(2026, 6, 1), date(2026, 12, 31))
    yield person(entries=(entry(),), outside=authorised)
    yield person(promises=(promise, own_step), appointments=(AppointmentFacts(1, 70, moment("2026-06-05")),))


def _escalated():
    asked = OpenEscalation(1, "education", "A quiet room", 1, "health", moment("2026-06-01"))
    officer = Post(1, 90, "Ros Vane", "health", 2, 1, date(2026, 1, 1), has_account=False)
    back = replace(
        asked,
        returned_at=moment("2026-06-02"),
    )
    no = OpenRefusal(1, "health", "An assessment", "A clinic", date(2026, 6, 1), "Ask again", date(2026, 6, 12))
    held = HeldBack("action", 1, date(2026, 6, 20))
    for one in (asked, back, replace(asked, level=5)):
        for named in ((officer,), ()):
            yield person(escalations=EscalationsFacts((one,), (held,), (no,), named))


def _emergencies():
    at, agreed = moment("2026-06-06"), {1: moment("2026-06-07 09:00")}
    met = EmergencyMeetingFacts(1, at, at, watcher_id=70, tasks=agreed, admits=True)
    log = CrisisLogFacts(1, at, 70, moment("2026-06-06 18:00"))
    known = EmergencyFacts((met,), (EmergencyDraftFacts(1, at, 70),), log)
    accepted = ActionFacts(1, "review", "accepted", "Ring home", 70, False, at, at, None, date(2026, 6, 7))
    yield person(entries=(entry(),), allocations=(KEYWORKER,), actions=(accepted,), emergencies=known)


def _planned_reviews():
    panel = (Seat("chair", False), Seat("clinical", True))
    for state in ("requested", "accepted", "dated"):
        starts = moment("2026-09-01 10:00") if state == "dated" else None
        one = PlannedReviewFacts(1, "community", state, date(2026, 6, 1), moment("2026-06-01"), starts, panel=panel)
        yield person(planned_reviews=(one,))


def _stepping_down():
    green = (entry(rating("green", "2026-06-01")),)
    planned = StepDownFacts(1, date(2026, 6, 1), date(2026, 9, 1), (Step(date(2026, 6, 1), 14),))
    gone = (replace(KEYWORKER, to_date=date(2026, 9, 1)),)
    asked = ConsentFacts(2, "afterwards", "given", date(2026, 9, 1), evidenced=True)
    ended = EndingFacts(1, date(2026, 9, 1), "goals_met")
    yield person(entries=green, allocations=(KEYWORKER,), step_down=planned)
    yield person(entries=green, allocations=gone)
    yield person(entries=(entry(removed_on=date(2026, 7, 1)),), allocations=(KEYWORKER,))
    yield person(entries=green, allocations=gone, ending=ended, consents=(AGREED, asked))


def _hospital():
    blue = (entry(rating("blue", "2026-06-01")),)
    sections = tuple(LegalStatusFacts(code, moment("2026-06-01"), None) for code in ("s2", "s3"))
    for born in (date(2012, 3, 10), date(2000, 3, 10)):
        yield person(birth_date=born, entries=blue, stays=(stay("2026-06-01", adult_ward=True),))
        yield person(birth_date=born, stays=(stay("2026-06-01", legal=sections, unit_inadequate=True),))
        for security in ("none", "low"):
            held = review("inpatient", "2026-06-08", statutory=True)
            secure = stay("2026-06-01", security=security, legal=sections[1:])
            yield person(birth_date=born, stays=(secure,), reviews=(held,))
            yield person(birth_date=born, stays=(replace(secure, legal=()),), reviews=(held,))
    yield person(entries=(entry(rating("red", "2026-01-01")),), stays=(stay("2026-06-01"),))
    safe = stay("2026-06-01", kind="place_of_safety")
    yield person(stays=(safe,))
    yield person(stays=(safe,), in_hospital=InHospitalFacts(lengthened=frozenset({1})))
    inside = InHospitalFacts(
        unknown=((1, moment("2026-06-01")),),
        segregations=(SegregationFacts(1, 1, moment("2026-06-02")),),
        leaves=(LeaveFacts(1, 1, moment("2026-06-03"), moment("2026-06-04")),),
    )
    yield person(entries=blue, allocations=(KEYWORKER,), stays=(stay("2026-06-01"),), in_hospital=inside)
    yield person(stays=(stay("2026-06-01"),), reviews=(review("community", "2026-05-04"),))
    yield person(stays=(stay("2022-06-01"),))
    yield person(stays=(stay("2026-10-01", legal=(LegalStatusFacts("s3", moment("2026-10-01")),)),))
    amber = (entry(rating("amber", "2026-06-01")),)
    yield person(entries=amber, stays=(stay("2026-06-01", "2026-10-01"),))
    for back in ("2026-07-31", "2027-07-01"):  # the last days of both windows
        yield person(stays=(stay("2026-06-01", "2026-07-01"), stay(back, id=2)))
    yield from _leaving()
    yield from _cared_for()


def _leaving():
    there, gone = stay("2026-06-01"), stay("2026-06-01", "2026-07-01")
    known = DischargeFacts(1)
    yield person(stays=(there,), discharge_plan=(known,))
    yield person(stays=(there,), discharge_plan=(replace(known, said_on=date(2026, 6, 10)),))
    dated = replace(known, said_on=date(2026, 6, 10), expected_on=date(2026, 7, 10), change_due_on=date(2026, 9, 1))
    yield person(stays=(there,), discharge_plan=(dated,))
    yield person(stays=(there,), discharge_plan=(replace(known, ready_from=date(2026, 6, 20)),))
    yield person(stays=(gone,), discharge_plan=(known,))


def _after_a_review():
    held = HeldReviewFacts(1, date(2026, 6, 1))
    regard, case = RegardFacts(1, "The council", date(2026, 6, 20)), CaseFacts(1, date(2026, 6, 20))
    issued = replace(held, reported_on=date(2026, 6, 15), regards=(regard,), cases=(case,))
    yield person(entries=(entry(),), review_reports=(held, issued))


def _cared_for():
    at, on = moment("2026-06-01"), date(2026, 6, 1)
    concern = ConcernFacts(1, "placement", False, "low", "Ash House", at, at)
    told = replace(concern, id=3, safeguarding=True, council_told_at=at)
    concerns = (concern, replace(concern, id=2, severity="danger"), told, replace(concern, id=4, found_on=on))
    concerns += (replace(told, id=5, council_told_at=None),)
    decided = FundingFacts(2, "Help", decided_on=on)
    care = CareFacts(
        concerns=concerns,
        disputes=(DisputeFacts(1, on, "Northmoor ICB", on, None, False, at),),
        funding=(FundingFacts(1, "Help", (WaitingBody(1, "the ICB", on),)), decided, replace(decided, id=3, told=True)),
        notices=(NoticeFacts(1, "Ash House", on, date(2026, 8, 1)),),
        unfollowed=((1, on),),
    )
    yield person(entries=(entry(),), stays=(stay("2026-06-01", kind="residential_home"),), concerns=care)


def _growing_up():
    born = (date(2022, 11, 1), date(2013, 5, 1), date(2009, 5, 1))
    decided = AnswerFacts(1, "ehc_decision:circumstance:1:after:2026-06-02", "done", date(2026, 6, 20))
    held = (review("ehc_plan", "2026-06-02"),)
    yield person(entries=(entry(),), circumstances=(plan(),), reviews=held, answers=(decided,))
    care = CircumstanceFacts(9, "continuing_care", date(2020, 1, 1))
    for day in born:
        for known in ("2020-01-01", "2026-12-01", "2027-03-01"):
            for held in ("2026-06-02", "2026-06-06"):
                yield person(
                    birth_date=day,
                    diagnosis=frozenset({"learning_disability"}),
                    entries=(entry(rating("green", known), on=known),),
                    circumstances=(plan(), care),
                    reviews=(review("ehc_plan", held),),
                    allocations=(KEYWORKER,),
                )


EXPERT = ExpertFacts(
    kind="review_expert", id=1, icb_id=1, opened_at=moment("2026-01-05"), started_on=date(2026, 1, 5), trained=False,
    checked_until=date(2026, 12, 1), needs_registration=True, registered_until=None,
    modules=((1, "Rights", date(2026, 3, 2)),),
)  # fmt: skip
#: Duties about no one person.
MATTERS = (
    referral(),
    referral(paused=((moment("2026-01-14"), None),)),
    referral(state="accepted", decided_at=moment("2026-01-20")),
    referral(state="declined", decided_at=moment("2026-01-20"), look_again_on=date(2026, 4, 20)),
    *CLOSED,
    EXPERT,
    *GUARDING,
    *IDENTITY,
    *LETTERBOX,
    *MEETINGS,
    *NOTICES,
    *OFFICERS,
    *SCHOOLS,
    *SHARING,
    *TEAMS_OWN,
    ImportFacts(kind="import", id=1, icb_id=1, opened_at=moment("2026-01-20"), file_name="register.xlsx", waiting=5),
    InpatientFileFacts(kind="inpatient_file", id=1, icb_id=1, opened_at=moment("2026-01-20"), waiting=2),
)
TEAMS = {"register": 1}

#: A child of 12, one of 17, an adult, and somebody who died, after they left.
ENDED = [
    RetentionFacts(date(year, 5, 1), died, True, date(2026, 7, 1), date(2026, 7, 1))
    for year, died in ((2014, None), (2009, None), (2004, None), (2004, date(2026, 7, 1)))
]

SCENES = (
    *_register(), *_emergencies(), *_planned_reviews(), *_escalated(), *_stepping_down(), *_hospital(),
    *_after_a_review(), *_growing_up(),
)  # fmt: skip


def outcome(rules: Ruleset) -> list:
    """Everything the product says about the scenes, leaving out the words that repeat the length."""
    said = [
        [(d.key, d.rule_key, d.shows_from, d.due, d.breach, d.ends_at) for d in duties_for(facts, rules, CALENDAR)]
        for facts in SCENES
    ]
    said += [
        [
            (d.key, d.rule_key, d.shows_from, d.due, d.breach, d.ends_at)
            for d in matter_duties(m, rules, CALENDAR, TEAMS)
        ]
        for m in MATTERS
    ]
    said.append(proposed_look_again(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(offer_again_on(rules, CALENDAR, date(2026, 1, 20)))
    said.append(proposed_override_look(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(proposed_review(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(proposed_supervision(date(2026, 1, 20), rules, CALENDAR).value)
    said.append(opening_ends(moment("2026-01-20"), rules).value)
    said += [[(kept.rule.key, kept.until) for kept in kept_by(facts, rules)] for facts in ENDED]
    said.append(import_kept_until(date(2026, 1, 20), rules).value)
    left = person(stays=(stay("2026-06-01", "2026-07-01"),))
    said += [floor(left, moment(f"2026-07-{day}"), rules).value for day in range(10, 20)]
    said.append(latest_backlog_day(date(2026, 6, 1), rules, CALENDAR).value)
    said.append(reminded_on(date(2026, 1, 20), rules, CALENDAR))
    said.append(ward_access_ends(moment("2026-07-01"), rules, CALENDAR))
    recommended = date(2026, 1, 2)
    said += [first_level(recommended, day, rules, CALENDAR).value for day in (date(2026, 1, 16), date(2026, 1, 19))]
    said.append(low_attendance(date(2026, 1, 20), rules).value)
    lately = [Happened(kind, date(2026, 1, 20)) for kind in ("ae_crisis", "admission", "crisis_team")]
    said += [look_back(lately, day, rules) for day in (date(2026, 2, 20), date(2027, 1, 20))]
    said += [suggest(TOOLS[3], {"hours": h}, rules).value for h in (40, 48, 60, 330, 336, 400)]
    return said


CALENDAR = default_calendar()
BASE = Ruleset.build("DEMO", commencements=COMMENCED)


def changed(length: Length) -> Length:
    """Another length, clearly shorter or on another day of the year."""
    if length.unit in MONTHS_OF_YEAR:
        return Length(length.number - 1 or 2, length.unit)
    return Length(length.number - 1, length.unit) if length.number > 1 else Length(2, length.unit)


COMPUTED = [rule for rule in NATIONAL if rule.key in live_keys() and rule.length is not None]


@pytest.mark.parametrize("rule", COMPUTED, ids=lambda rule: f"{rule.row}-{rule.key}")
def test_changing_the_number_of_a_live_rule_changes_what_is_due(rule):
    other = [replace(each, length=changed(each.length)) if each is rule else each for each in NATIONAL]
    assert outcome(Ruleset.build("DEMO", commencements=COMMENCED, national=other)) != outcome(BASE)


def test_live_rules_without_a_number_make_duties_too():
    seen = {duty.rule_key for facts in SCENES for duty in duties_for(facts, BASE, CALENDAR)}
    seen |= {duty.rule_key for matter in MATTERS for duty in matter_duties(matter, BASE, CALENDAR, TEAMS)}
    # Says whether a decision is marked, and makes no duty: test_meetings has both sides of it.
    seen.add("meeting_quorum")
    # Say until when an update of the national record is counted: test_returns has both sides of each.
    seen |= {"return_weekly", "return_monthly"}
    # Propose a rating, whose duty is another rule's: test_news has both sides of them.
    seen |= {news.rule_key for news in NEWS}
    assert {rule.key for rule in NATIONAL if rule.key in live_keys() and rule.length is None} <= seen
