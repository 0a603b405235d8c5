"""What is due about a move: until somebody else has said yes, and from then on by whoever has."""

from datetime import date

from ..area_moves import ADULT, AREA, OUTSIDE, AreaMoveFacts
from ..counting import day_in_words, days_after, local_day
from ..rules import computes
from .reckoning import Reckoning, shows_before

PAGE = "open_move"
#: So long before the move at the earliest the other side is asked: what is told sooner is old by then.
AHEAD = 28


def area_move_duties(r: Reckoning) -> None:
    """Also for somebody on no register: a move that is written down is finished by somebody."""
    move = r.facts.area_move
    if move is None:
        return
    if move.accepted_at is not None:
        _afterwards(r, move)
    elif move.kind == ADULT:
        _adult(r, move)
    else:
        _asked(r, move)
        _offered(r, move) if move.kind == AREA else _elsewhere(r, move)


def _begins(move: AreaMoveFacts) -> date:
    return max(move.told_on, days_after(move.moves_on, -AHEAD)) if move.moves_on else move.told_on


def _due(
    r: Reckoning, move: AreaMoveFacts, key: str, what: str, because: str, begins: date, *, by: date | None = None,
    stem: str = "", team: str = "register", breach: date | None = None,
) -> None:  # fmt: skip
    """One duty, counted by its rule from `begins`; not later than `by`, the day of the move."""
    rule, due = r.clock(key, begins)
    due = max(begins, min(due, by)) if by else due
    r.add(
        rule,
        f"{stem or key}:move:{move.id}",
        what,
        because,
        due=due,
        shows=shows_before(begins, due),
        owner=r.team(team),
        doing=PAGE,
        topic="identity",
        subject="person",
        subject_id=r.facts.person_id,
        breach=breach,
    )


@computes("move_family_asked")
def _asked(r: Reckoning, move: AreaMoveFacts) -> None:
    if not move.asked:
        _due(
            r,
            move,
            "move_family_asked",
            "Ask whether the new area may be told",
            f"We heard on {day_in_words(move.told_on)} that they move to {move.to}. What the new area is told is for "
            "them or their family to say.",
            move.told_on,
        )


@computes("move_offered", "move_answer_chased", "move_refusal_followed")
def _offered(r: Reckoning, move: AreaMoveFacts) -> None:
    if move.offered_at is not None:
        on = local_day(move.offered_at)
        _due(
            r,
            move,
            "move_answer_chased",
            f"Chase the answer of {move.to}",
            f"Offered on {day_in_words(on)} and not answered. This area is responsible until they say yes."
            + _refused(move),
            on,
            stem=f"move_answer_chased:{on.isoformat()}",
        )
    elif move.refused_at is not None:
        _refusal(r, move, local_day(move.refused_at))
    else:
        _due(
            r,
            move,
            "move_offered",
            f"Offer them to {move.to}, with the pack",
            f"We heard on {day_in_words(move.told_on)} that they move{_on(move)}. "
            f"This area is responsible until the other has said yes.{_refused(move)}",
            _begins(move),
            by=move.moves_on,
        )


def _refusal(r: Reckoning, move: AreaMoveFacts, refused: date) -> None:
    lifted = local_day(move.lifted_at) if move.lifted_at and local_day(move.lifted_at) >= refused else None
    if lifted is None:
        what = "Answer the no: offer again, lift it, or say that they stay"
        because = f"{move.to} said no on {day_in_words(refused)}.{_refused(move)} This area is still responsible."
        _due(r, move, "move_refusal_followed", what, because, refused, stem=f"move_refused:{move.refused}")
        return
    because = f"It was lifted on {day_in_words(lifted)} after {move.to} had said no.{_refused(move)}"
    what = "Hear what was decided about the move, and offer again"
    stem = f"move_lifted:{move.refused}:{lifted.isoformat()}"
    _due(r, move, "move_answer_chased", what, because, lifted, stem=stem)


def _refused(move: AreaMoveFacts) -> str:
    if move.refused < 2:
        return ""
    return f" It was refused {'twice' if move.refused == 2 else f'{move.refused} times'}: lift it to a named senior."


def _on(move: AreaMoveFacts) -> str:
    return f" on {day_in_words(move.moves_on)}" if move.moves_on else ""


@computes("move_accepted_elsewhere")
def _elsewhere(r: Reckoning, move: AreaMoveFacts) -> None:
    begins = _begins(move)
    _due(
        r,
        move,
        "move_accepted_elsewhere",
        f"Ring {move.to}, and write down who has said yes",
        f"We heard on {day_in_words(move.told_on)} that they move{_on(move)}. They stay on this register until "
        "somebody there has accepted them, with name and day.",
        begins,
    )


@computes("adult_register_accepts")
def _adult(r: Reckoning, move: AreaMoveFacts) -> None:
    begins = move.told_on
    rule, counted = r.clock("adult_register_accepts", begins)
    due = max(counted, move.moves_on) if move.moves_on else counted
    r.add(
        rule,
        f"adult_register_accepts:move:{move.id}",
        "Accept them on the adult register, or say why not",
        f"Asked on {day_in_words(move.told_on)}{f', to move{_on(move)}' if move.moves_on else ''}. "
        "The children’s register holds them until then.",
        due=due,
        shows=shows_before(begins, due),
        owner=r.team("register"),
        doing=PAGE,
        topic="identity",
        subject="person",
        subject_id=r.facts.person_id,
    )


@computes("move_family_told", "move_workers_met", "move_agreements_anew")
def _afterwards(r: Reckoning, move: AreaMoveFacts) -> None:
    assert move.accepted_at is not None
    on = local_day(move.accepted_at)
    said = f"Accepted on {day_in_words(on)}."
    if "family_told" not in move.steps:
        what = "Tell the family who has them now, and from when"
        _due(r, move, "move_family_told", what, f"{said} The family needs a name, a number and a day.", on)
    if move.kind == OUTSIDE:
        return
    if move.kind == AREA and not move.steps & {"met", "not_met"}:
        what = "Meet the keyworker they had before"
        because = f"{said} Whoever walked with them tells whoever does now; the family should not have to."
        _due(r, move, "move_workers_met", what, because, on, team="keyworking")
    if move.kind == AREA and "asked_anew" not in move.steps:
        what = "Ask anew what was agreed to in the area before"
        because = f"{said} Keyworking and telling others were agreed with somebody else; the register’s goes along."
        _due(r, move, "move_agreements_anew", what, because, on, team="keyworking")
