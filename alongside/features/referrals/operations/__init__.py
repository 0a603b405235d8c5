from alongside.features.referrals.operations.accepting import accept, accept_again, standing_entry
from alongside.features.referrals.operations.outcome import Recipient, record_call, send_outcome
from alongside.features.referrals.operations.receiving import (
    answer_question,
    receive_referral,
    send_full_form,
    withdraw,
)
from alongside.features.referrals.operations.renewing import renew_code
from alongside.features.referrals.operations.triage import (
    acknowledge,
    add_note,
    ask_more,
    consult,
    decline,
    look_again,
    reopen,
)

__all__ = [
    "Recipient",
    "accept",
    "accept_again",
    "acknowledge",
    "add_note",
    "answer_question",
    "ask_more",
    "consult",
    "decline",
    "look_again",
    "receive_referral",
    "record_call",
    "renew_code",
    "reopen",
    "send_full_form",
    "send_outcome",
    "standing_entry",
    "withdraw",
]
