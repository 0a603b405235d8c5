from alongside.features.people.operations.facts import correct_fact, end_fact, record_consent, record_fact
from alongside.features.people.operations.merging import merge_people, undo_merge
from alongside.features.people.operations.moving import accept_person
from alongside.features.people.operations.people import add_person, change_person, set_guard

__all__ = [
    "accept_person",
    "add_person",
    "change_person",
    "correct_fact",
    "end_fact",
    "merge_people",
    "record_consent",
    "record_fact",
    "set_guard",
    "undo_merge",
]
