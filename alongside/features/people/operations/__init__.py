from alongside.features.people.operations.facts import (
    correct_fact,
    end_fact,
    record_consent,
    record_fact,
    record_own_words,
)
from alongside.features.people.operations.ledger import settle_new_people
from alongside.features.people.operations.living import change_address, change_belonging
from alongside.features.people.operations.merging import merge_people, undo_merge
from alongside.features.people.operations.moving import accept_person, offer_person
from alongside.features.people.operations.people import add_person, change_person, set_restricted
from alongside.features.people.operations.sharing import end_agreement, link_partner, sign_agreement
from alongside.features.people.operations.telling import override_agreement, record_share

__all__ = [
    "accept_person",
    "add_person",
    "change_address",
    "change_belonging",
    "change_person",
    "correct_fact",
    "end_agreement",
    "end_fact",
    "link_partner",
    "merge_people",
    "offer_person",
    "record_consent",
    "record_fact",
    "override_agreement",
    "record_own_words",
    "record_share",
    "set_restricted",
    "settle_new_people",
    "sign_agreement",
    "undo_merge",
]
