"""The one table of side effects: what happens in the same transaction as what, and in which order.

Each step runs under the engine's identity, in the name of whoever acts (`notes.by`).
"""

from collections.abc import Callable

from alongside.exchange import matters as imports
from alongside.features.keyworking.moves import end_with_the_area
from alongside.features.people import closed_records
from alongside.features.people.identity import matters as identity
from alongside.features.people.identity.pairs import refresh_pairs_of_changed
from alongside.features.people.operations import settle_new_people
from alongside.features.referrals import promised
from alongside.features.referrals import reading as referrals
from alongside.features.referrals.moves import follow_agreement
from alongside.features.register.moves import move_entries, propose_after_news, rate_after_hospital
from alongside.foundation.recording.recording import Notes, wire
from alongside.overview import letterbox
from alongside.overview.closing import close_what_was_refused, open_what_was_agreed_again
from alongside.overview.engine import matters
from alongside.overview.engine.rulesets import calendar_for, current_version, ruleset_for
from alongside.overview.engine.storing import refresh
from alongside.overview.guarded import matters as guarding
from alongside.overview.retention import matters as disposals
from alongside.overview.subject_access import matters as access_requests
from alongside.policy.counting import Calendar
from alongside.policy.rules import Ruleset

_AT_A_TIME = 500
Step = Callable[[Notes], None]


def recount_duties(notes: Notes) -> None:
    """Whatever changed about a person, what is due for them is worked out again before anybody can read it."""
    if notes.recount:
        everybody = sorted(notes.recount)
        for first in range(0, len(everybody), _AT_A_TIME):
            refresh(everybody[first : first + _AT_A_TIME])


def recount_matters(notes: Notes) -> None:
    """The same for what is due about no one person: referrals, imports, closed records."""
    for kind in sorted({kind for kind, _ in notes.matters}):
        matters.refresh_matters(kind, [number for name, number in notes.matters if name == kind])


#: What is due about no one person: how the facts of each kind are read, and the page that opens one.
MATTERS: dict[str, matters.Kind] = {
    "referral": matters.Kind(
        read=referrals.read_matters, list_ids=referrals.list_matter_ids, address=lambda number: f"/referrals/{number}"
    ),
    "import": matters.Kind(
        read=imports.read_imports, list_ids=imports.list_imports, address=lambda number: f"/import/decide?run={number}"
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
    "restriction": matters.Kind(
        read=guarding.read_restrictions,
        list_ids=guarding.list_restrictions,
        address=lambda number: f"/restricted/{number}",
    ),
}


SAME_TRANSACTION: tuple[Step, ...] = (
    settle_new_people,
    close_what_was_refused,
    open_what_was_agreed_again,
    end_with_the_area,
    move_entries,
    rate_after_hospital,
    propose_after_news,
    refresh_pairs_of_changed,
    recount_duties,
    follow_agreement,
    recount_matters,
)


def rules_of(icb: str) -> tuple[Ruleset, Calendar]:
    """An area's rules and the calendar as they are now."""
    version = current_version()
    return ruleset_for(icb, version), calendar_for(version)


def connect() -> None:
    promised.rules_from(rules_of)
    for name, kind in MATTERS.items():
        matters.register(name, kind)
    for step in SAME_TRANSACTION:
        wire(step)
