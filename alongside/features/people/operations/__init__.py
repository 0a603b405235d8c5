from alongside.features.people.operations.facts import (
    correct_fact,
    end_fact,
    record_consent,
    record_fact,
    record_own_words,
)
from alongside.features.people.operations.living import change_address, change_belonging
from alongside.features.people.operations.merging import merge_people, undo_merge
from alongside.features.people.operations.moving import accept_person, offer_person
from alongside.features.people.operations.people import add_person, change_person, set_guard

__all__ = [
    "accept_person",
    "add_person",
    "change_address",
    "change_belonging",
    "change_person",
    "correct_fact",
    "end_fact",
    "merge_people",
    "offer_person",
    "record_consent",
    "record_fact",
    "record_own_words",
    "set_guard",
    "undo_merge",
]
