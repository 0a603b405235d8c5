"""Everything that changes: the list of schools, rounds, calls, answers, and what was told by a link."""

from alongside.features.referrals.schools.operations.answering import send_answer
from alongside.features.referrals.schools.operations.calling import close_ask, record_call, settle_worry
from alongside.features.referrals.schools.operations.listing import add_schools, change_school
from alongside.features.referrals.schools.operations.rounds import start_round
from alongside.features.referrals.schools.operations.sending import send_due
from alongside.features.referrals.schools.operations.telling import match_told, put_aside, tell_by_link

__all__ = [
    "add_schools",
    "change_school",
    "close_ask",
    "match_told",
    "put_aside",
    "record_call",
    "send_answer",
    "send_due",
    "settle_worry",
    "start_round",
    "tell_by_link",
]
