"""The one table of side effects: what happens in the same transaction as what, and in which order.

Each step runs under the engine's identity, in the name of whoever acts (`notes.by`).
"""

from collections.abc import Callable

from alongside.exchange import matters as imports
from alongside.exchange.inpatients import matters as inpatient_files
from alongside.features.actions import ending as actions_ending
from alongside.features.actions import handing_over as agreed_actions
from alongside.features.actions.letting_go import let_go_who_may_not_know
from alongside.features.actions.moving import move_with_the_person
from alongside.features.concerns import ending as care_ending
from alongside.features.concerns import handing_over as care
from alongside.features.emergency import ending as emergencies_ending
from alongside.features.emergency import open_work as emergencies
from alongside.features.escalation import area as officers_page
from alongside.features.escalation import ending as escalations_ending
from alongside.features.escalation import following as escalations
from alongside.features.escalation import matters as officers
from alongside.features.escalation import rules as escalation_rules
from alongside.features.hospital.discharge import ending as discharges
from alongside.features.hospital.discharge.figures import returns_from
from alongside.features.keyworking import moves as keyworking_ending
from alongside.features.keyworking.contacts import ending as contacts_ending
from alongside.features.keyworking.contacts import open_work as contacts
from alongside.features.keyworking.contacts import supervision
from alongside.features.keyworking.entry import entry_rules_from
from alongside.features.keyworking.following import follow_who_opens
from alongside.features.keyworking.handing_over import matters as handing_over
from alongside.features.keyworking.handing_over import waiting_messages, work
from alongside.features.keyworking.learning import matters as training
from alongside.features.moving import ending as moves_ending
from alongside.features.moving.gate import only_when_accepted
from alongside.features.moving.pack import still_open_from
from alongside.features.people import closed_records, own_account
from alongside.features.people.identity import matters as identity
from alongside.features.people.identity.pairs import refresh_pairs_of_changed
from alongside.features.people.operations import settle_new_people
from alongside.features.plans import ending as plans_ending
from alongside.features.plans import handing_over as plans
from alongside.features.plans import reviewing
from alongside.features.plans.coming_back import copy_after_return
from alongside.features.plans.on_call import on_call_from
from alongside.features.referrals import drafts_handed_over as drafts
from alongside.features.referrals import promised
from alongside.features.referrals import reading as referrals
from alongside.features.referrals.eligibility import entry_rules_of
from alongside.features.referrals.moves import follow_agreement
from alongside.features.referrals.notices import reading as notices
from alongside.features.referrals.notices import telling
from alongside.features.referrals.schools import reading as schools
from alongside.features.register.meetings import handing_over as meetings_passed_on
from alongside.features.register.meetings import matters as meetings
from alongside.features.register.moves import move_entries, propose_after_news, rate_after_hospital
from alongside.features.register.queries import count_returned
from alongside.features.reviews.holding import report as review_reports
from alongside.features.reviews.organising import ending as reviews_ending
from alongside.features.reviews.organising import lateness
from alongside.features.reviews.organising import matters as experts
from alongside.foundation.recording.recording import Notes, wire
from alongside.overview import leavers, letterbox
from alongside.overview.closing import close_what_was_refused, open_what_was_agreed_again
from alongside.overview.engine import matters
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.overview.engine.storing import refresh
from alongside.overview.entry_rules import recount_after_entry_rule
from alongside.overview.guarded import matters as guarding
from alongside.overview.officer_numbers import count_area
from alongside.overview.rating_page.after_move import rate_after_move
from alongside.overview.retention import matters as disposals
from alongside.overview.review_diary.limits import limit_of_stay
from alongside.overview.sharing import matters as sharing
from alongside.overview.still_open import list_still_open
from alongside.overview.subject_access import matters as access_requests
from alongside.policy.counting import Calendar
from alongside.policy.rules import Ruleset
from alongside.portal import getting_ready, plans_changed, reviewed

_AT_A_TIME = 500
Step = Callable[[Notes], None]


def recount_duties(notes: Notes) -> None:
    """Whatever changed about a person, what is due for them is worked out again before anybody can read it."""
    if notes.recount:
        everybody = sorted(notes.recount)
        for first in range(0, len(everybody), _AT_A_TIME):
            refresh(everybody[first : first + _AT_A_TIME], notes.at)


def recount_matters(notes: Notes) -> None:
    """The same for what is due about no one person: referrals, imports, closed records."""
    for kind in sorted({kind for kind, _ in notes.matters}):
        matters.refresh_matters(kind, [number for name, number in notes.matters if name == kind])


#: What is due about no one person: how the facts of each kind are read, and the page that opens one.
MATTERS: dict[str, matters.Kind] = {
    "review_expert": matters.Kind(
        read=experts.read_experts, list_ids=experts.list_experts, address=lambda number: f"/reviews/experts/{number}"
    ),
    "referral": matters.Kind(
        read=referrals.read_matters, list_ids=referrals.list_matter_ids, address=lambda number: f"/referrals/{number}"
    ),
    schools.TERM: matters.Kind(
        read=schools.read_terms, list_ids=schools.list_terms, address=lambda number: "/schools/start"
    ),
    schools.ASK: matters.Kind(
        read=schools.read_asks, list_ids=schools.list_asks, address=lambda number: f"/schools/asks/{number}"
    ),
    schools.TOLD: matters.Kind(
        read=schools.read_told, list_ids=schools.list_told, address=lambda number: f"/told/{number}"
    ),
    "import": matters.Kind(
        read=imports.read_imports, list_ids=imports.list_imports, address=lambda number: f"/import/decide?run={number}"
    ),
    "inpatient_file": matters.Kind(
        read=inpatient_files.read_files,
        list_ids=inpatient_files.list_files,
        address=lambda number: f"/inpatient-files/{number}",
    ),
    "closed_record": matters.Kind(
        read=closed_records.read_closed,
        list_ids=closed_records.list_closed,
        address=lambda number: f"/closed-records/{number}",
    ),
    "possible_duplicate": matters.Kind(
        read=identity.read_pairs, list_ids=identity.list_pairs, address=lambda number: f"/people/duplicates/{number}"
    ),
    "move_offer": matters.Kind(
        read=identity.read_offers, list_ids=identity.list_offers, address=lambda number: f"/people/offered/{number}"
    ),
    "wrong_person": matters.Kind(
        read=identity.read_wrong_records,
        list_ids=identity.list_wrong_records,
        address=lambda number: f"/wrong-records/{number}",
    ),
    "opening": matters.Kind(
        read=guarding.read_openings,
        list_ids=guarding.list_openings,
        address=lambda number: f"/break-glass/openings/{number}",
    ),
    "disposal": matters.Kind(
        read=disposals.read_matters,
        list_ids=disposals.list_matter_ids,
        address=lambda number: f"/retention/{number}",
    ),
    "subject_access": matters.Kind(
        read=access_requests.read_matters,
        list_ids=access_requests.list_matter_ids,
        address=lambda number: f"/subject-access/{number}",
    ),
    "message": matters.Kind(
        read=letterbox.read_messages,
        list_ids=letterbox.list_messages,
        address=lambda number: f"/messages/number/{number}",
    ),
    "delivery": matters.Kind(
        read=letterbox.read_deliveries,
        list_ids=letterbox.list_deliveries,
        address=lambda number: f"/outbox/number/{number}",
    ),
    "notice": matters.Kind(
        read=notices.read_notices, list_ids=notices.list_notices, address=lambda number: f"/notices/{number}"
    ),
    "notice_lifted": matters.Kind(
        read=notices.read_lifted, list_ids=notices.list_notices, address=lambda number: "/on-call"
    ),
    "organisation_link": matters.Kind(
        read=notices.read_links, list_ids=notices.list_links, address=lambda number: f"/links#link-{number}"
    ),
    "sharing_agreement": matters.Kind(
        read=sharing.read_agreements,
        list_ids=sharing.list_agreements,
        address=lambda number: f"/sharing-agreements/{number}",
    ),
    "override": matters.Kind(
        read=sharing.read_overrides,
        list_ids=sharing.list_overrides,
        address=lambda number: f"/overrides/{number}",
    ),
    "untold_share": matters.Kind(
        read=sharing.read_untold_shares,
        list_ids=sharing.list_untold_shares,
        address=lambda number: f"/shares/{number}",
    ),
    "hand_over": matters.Kind(
        read=handing_over.read_hand_overs,
        list_ids=handing_over.list_hand_overs,
        address=lambda number: f"/keyworking/hand-over/{number}",
    ),
    supervision.MATTER: matters.Kind(
        read=supervision.read_matters,
        list_ids=supervision.list_matter_ids,
        address=lambda number: f"/supervision/after/{number}",
    ),
    supervision.FIRST: matters.Kind(
        read=supervision.read_first,
        list_ids=supervision.list_first,
        address=lambda number: "/supervision",
    ),
    "training": matters.Kind(
        read=training.read_training,
        list_ids=training.list_training,
        address=lambda number: "/keyworking/training",
    ),
    training.REQUIRED: matters.Kind(
        read=training.read_required,
        list_ids=training.list_required,
        address=lambda number: "/keyworking/training",
    ),
    "meeting": matters.Kind(
        read=meetings.read_meetings,
        list_ids=meetings.list_meetings,
        address=lambda number: f"/meetings/{number}",
    ),
    meetings.CYCLE: matters.Kind(
        read=meetings.read_cycles, list_ids=meetings.list_cycles, address=lambda number: "/meetings/plan"
    ),
    officers.MATTER: matters.Kind(
        read=officers.read_officers,
        list_ids=officers.list_officers_matters,
        address=lambda number: "/escalations/officers",
    ),
    "restriction": matters.Kind(
        read=guarding.read_restrictions,
        list_ids=guarding.list_restrictions,
        address=lambda number: f"/restricted/{number}",
    ),
}


#: What is a keyworker's besides the people: whoever hands over, or leaves, gives all of it to others.
OPEN_WORK: dict[str, work.Kind] = {
    "action": work.Kind("action", "actions", agreed_actions.list_actions_of, agreed_actions.pass_on_actions),
    "appointment": work.Kind(
        "appointment", "appointments", contacts.list_appointments_of, contacts.pass_on_appointments
    ),
    "contact_draft": work.Kind("contact begun", "contacts begun", contacts.list_drafts_of, contacts.pass_on_drafts),
    "crisis_entry": work.Kind(
        "entry in the log of a crisis",
        "entries in logs of crises",
        emergencies.list_entries_of,
        emergencies.pass_on_entries,
    ),
    "emergency_check": work.Kind(
        "look after an emergency meeting",
        "looks after emergency meetings",
        emergencies.list_checks_of,
        emergencies.pass_on_checks,
    ),
    "emergency_draft": work.Kind(
        "emergency meeting begun", "emergency meetings begun", emergencies.list_drafts_of, emergencies.pass_on_drafts
    ),
    "concern": work.Kind("concern to follow", "concerns to follow", care.list_concerns_of, care.pass_on_concerns),
    "dispute": work.Kind("dispute to lead on", "disputes to lead on", care.list_disputes_of, care.pass_on_disputes),
    "draft": work.Kind("referral begun", "referrals begun", drafts.list_drafts_of, drafts.pass_on_drafts),
    "funding": work.Kind("request for money", "requests for money", care.list_funding_of, care.pass_on_funding),
    "meeting": work.Kind(
        "register meeting to chair",
        "register meetings to chair",
        meetings_passed_on.list_meetings_of,
        meetings_passed_on.pass_on_meetings,
    ),
    "meeting_cycle": work.Kind(
        "cycle of meetings", "cycles of meetings", meetings_passed_on.list_cycles_of, meetings_passed_on.pass_on_cycles
    ),
    "placement_notice": work.Kind(
        "notice on a placement", "notices on placements", care.list_notices_of, care.pass_on_notices
    ),
    "promise": work.Kind("promise to chase", "promises to chase", contacts.list_promises_of, contacts.pass_on_promises),
    "proposal": work.Kind(
        "plan sent for approval", "plans sent for approval", plans.list_proposals_of, plans.pass_on_proposals
    ),
    "message": work.Kind(
        "message that waits",
        "messages that wait",
        waiting_messages.list_waiting_messages,
        waiting_messages.pass_on_messages,
    ),
}


SAME_TRANSACTION: tuple[Step, ...] = (
    settle_new_people,
    close_what_was_refused,
    open_what_was_agreed_again,
    keyworking_ending.end_with_the_area,
    move_with_the_person,
    care_ending.move_with_the_person,
    let_go_who_may_not_know,
    follow_who_opens,
    keyworking_ending.end_with_the_life,
    own_account.end_with_the_life,
    actions_ending.end_with_the_record,
    care_ending.end_with_the_record,
    contacts_ending.end_with_the_record,
    plans_ending.end_with_the_record,
    reviews_ending.end_with_the_record,
    discharges.end_with_the_record,
    discharges.end_ward_access,
    emergencies_ending.end_with_the_record,
    escalations_ending.end_with_the_record,
    escalations.lift_what_is_repeated,
    escalations.follow_officers,
    moves_ending.end_with_the_record,
    only_when_accepted,
    move_entries,
    rate_after_move,
    rate_after_hospital,
    propose_after_news,
    refresh_pairs_of_changed,
    copy_after_return,
    reviewed.tell_family_of_report,
    getting_ready.tell_family_of_day,
    plans_changed.tell_family_of_changes,
    recount_duties,
    follow_agreement,
    leavers.give_to_teams,
    training.follow_members,
    supervision.follow_members,
    recount_after_entry_rule,
    notices.follow_notices,
    recount_matters,
)


def rules_of(icb: str) -> tuple[Ruleset, Calendar]:
    """An area's rules and the calendar as they are now."""
    version = current_version()
    return ruleset_for(icb, version), calendar_for(version)


def connect() -> None:
    promised.rules_from(rules_of)
    discharges.rules_from(rules_of)
    reviewing.rules_from(rules_of)
    review_reports.rules_from(rules_of)
    lateness.limits_from(limit_of_stay)
    on_call_from(telling.numbers_on_call)
    supervision.rules_from(rules_of)
    escalation_rules.rules_from(rules_of)
    officers_page.counts_from(count_area)
    returns_from(count_returned)
    still_open_from(list_still_open)
    entry_rules_from(entry_rules_of)
    for name, kind in MATTERS.items():
        matters.register(name, kind)
    for name, owned in OPEN_WORK.items():
        work.plug(name, owned)
    for step in SAME_TRANSACTION:
        wire(step)
