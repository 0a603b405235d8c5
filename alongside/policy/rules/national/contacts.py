"""How often there is contact, what was promised, and supervision. All are local defaults.

No national figure was found (policy reference 4.3). First contact and first visit are parts of row 43 (`register.py`).
"""

from .making import rule

_COLOURS = {"red": "red or blue", "amber": "amber", "green": "green"}
_CONTACT = "Contact with the young person or family"
_SEEN = "The young person is seen"

CONTACTS = (
    *(
        rule(
            None,
            f"{step}_{group}",
            f"{title}, {_COLOURS[group]}",
            f"{days} days",
            "within",
            "PROPOSAL",
            "P",
            "default",
            f"with a keyworker, rated {_COLOURS[group]}",
            note=note,
        )
        for step, title, note, group, days in (
            ("contact", _CONTACT, "A contact with professionals only does not count.", "red", 7),
            ("contact", _CONTACT, "A contact with professionals only does not count.", "amber", 14),
            ("contact", _CONTACT, "A contact with professionals only does not count.", "green", 28),
            ("seen", _SEEN, "A contact with the family only does not count, nor one without a meeting.", "red", 14),
            ("seen", _SEEN, "A contact with the family only does not count, nor one without a meeting.", "amber", 28),
        )
    ),
    rule(
        None,
        "promise_chased",
        "What somebody promised is chased when its day has passed",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "promises in the chase log",
        note="Each time it is chased, the same begins again.",
    ),
    rule(
        None,
        "next_step_done",
        "A next step of our own is done on the day that was set for it",
        "",
        "at_once",
        "PROPOSAL",
        "P",
        "default",
        "next steps of keyworkers",
        note="Where it was not done, it is asked about like what others promised.",
    ),
    rule(
        None,
        "appointment_logged",
        "What came of an appointment is written down",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "appointments of keyworkers",
    ),
    rule(
        None,
        "supervision_held",
        "Supervision of a keyworker",
        "6 weeks",
        "within",
        "PROPOSAL",
        "P",
        "default",
        "keyworkers",
        note="The length is what the form proposes; the day that was agreed counts.",
    ),
)
