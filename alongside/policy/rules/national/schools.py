"""Rules of the question to schools each term, and of changes told by schools and wards.

That every school and college is asked each term stands in the founding documents; no document gives a day or a time,
so all of them are local defaults.
"""

from .making import rule

_SCHOOLS = "schools and colleges on the area's list"
_TERMS = (("autumn", "8 september"), ("spring", "12 january"), ("summer", "22 april"))

SCHOOLS = (
    *(
        rule(
            None,
            f"school_term_{term}",
            f"Schools are asked in the {term} term, from",
            day,
            "date_in_year",
            "PROPOSAL",
            "P",
            "default",
            _SCHOOLS,
            note="No council's term dates are kept: an area sets the day that suits its own.",
        )
        for term, day in _TERMS
    ),
    rule(
        None,
        "school_round",
        "The question of the term goes to every school",
        "10 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _SCHOOLS,
    ),
    rule(
        None,
        "school_answer",
        "A school is asked to answer within",
        "15 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _SCHOOLS,
    ),
    *(
        rule(
            None,
            f"school_reminder_{number}",
            f"Reminder {number} to a school that has not answered",
            long,
            "working_days",
            "PROPOSAL",
            "P",
            "default",
            _SCHOOLS,
        )
        for number, long in ((1, "6 working days"), (2, "12 working days"))
    ),
    rule(
        None,
        "school_called",
        "A school that has not answered, or has no e-mail address, is called",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _SCHOOLS,
        note="Counted from the day by which it should have answered, or from the last call that reached nobody.",
    ),
    rule(
        None,
        "school_silent",
        "A manager decides about a school that stays silent",
        "30 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        _SCHOOLS,
    ),
    rule(
        None,
        "school_not_asked",
        "The team talks with a school about a young person who has not been asked yet",
        "5 working days",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "young people a school worries about",
    ),
    rule(
        None,
        "school_not_asked_danger",
        "The same, where the school speaks of danger",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        "young people a school worries about",
    ),
    rule(
        None,
        "attendance_low",
        "Attendance that is marked as low, this much or less",
        "50 percent",
        "threshold",
        "NORF",
        "V-L",
        "local",
        "young people a school worries about",
    ),
    rule(
        None,
        "change_matched",
        "What a school or ward tells by its link is matched with a record",
        "1 working day",
        "working_days",
        "PROPOSAL",
        "P",
        "default",
        note="From then on row 70 counts.",
    ),
)
