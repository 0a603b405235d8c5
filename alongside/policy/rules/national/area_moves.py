"""Moving between areas. No national figure was found: all are local defaults (policy reference 3.7; decision 33)."""

from .making import rule

_MOVING = "moving to another area"
_ACCEPTED = "accepted from another area"

AREA_MOVES = tuple(
    rule(None, key, what, length, counting, "PROPOSAL", "P", "default", whose, note=note)
    for key, what, length, counting, whose, note in (
        (
            "move_family_asked",
            "Whether the new area may be told is asked",
            "5 working days",
            "working_days",
            _MOVING,
            "Counted from the day on which we heard of the move.",
        ),
        (
            "move_offered",
            "Offered to the new area, with the pack",
            "10 working days",
            "working_days",
            _MOVING,
            "Counted from the day on which we heard of it, or from four weeks before the move where that is later.",
        ),
        ("move_answer_chased", "The other area's answer is chased", "10 working days", "working_days", _MOVING, ""),
        (
            "move_refusal_followed",
            "After a no: offered again, lifted to a named senior, or called off",
            "2 working days",
            "working_days",
            _MOVING,
            "After it was lifted, counted again from that day with the time for chasing an answer.",
        ),
        (
            "move_accepted_elsewhere",
            "Somebody outside this service has said yes, with name and day",
            "10 working days",
            "working_days",
            "moving out of England or to an area that is not on this service",
            "Counted as the offer is. They stay on the register until it is written down.",
        ),
        (
            "adult_register_accepts",
            "The adult register has accepted them",
            "10 working days",
            "working_days",
            "going on to the adult register",
            "Counted from when it was asked, or to the day of the move where that is later.",
        ),
        ("move_family_told", "The family was told who has them now", "2 working days", "working_days", _ACCEPTED, ""),
        ("move_workers_met", "The old and the new keyworker met", "10 working days", "working_days", _ACCEPTED, ""),
        (
            "move_agreements_anew",
            "Agreements are asked anew",
            "20 working days",
            "working_days",
            _ACCEPTED,
            "The one to the register goes along; keyworking and telling others end with the move.",
        ),
    )
)
