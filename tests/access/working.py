"""Who should see what of those who work alongside somebody: steps of actions, drafts, supervision, calendars."""

from typing import Any

from tests.access.telling import TOLD


def step_of_an_action(reader: Any, row: Any) -> bool:
    action = row.action
    reads = reader.reads(reader.people[action.person_id], action.topic, action.recorded_icb_id)
    return reads and (not reader.is_family or row.by_id == reader.id)


def paper_of_a_review(reader: Any, row: Any) -> bool:
    """Nobody agreed to a review in this world: only those who run the register collect papers."""
    person = reader.people[row.person_id]
    reads = not reader.is_family and reader.reads(person, row.topic, row.recorded_icb_id)
    return reads and person.icb_id in reader.runs()


WORKING: dict[str, Any] = {
    "ReviewPaper": paper_of_a_review,
    # Found with the link itself; and its tries are counted for those who change records of the area.
    "PanelLink": lambda r, row: False,
    "PanelTry": lambda r, row: row.icb_id in r.areas(0),
    "ContactDraft": TOLD["AskingDraft"],
    "Supervision": lambda r, row: r.id is not None and r.id in (row.manager_id, row.worker_id),
    "CalendarFeed": lambda r, row: r.id is not None and row.actor_id == r.id,
    "ActionStep": step_of_an_action,
    # Found with the link itself.
    "ActionLink": lambda r, row: False,
    # The world's escalations are put to nobody: whoever is asked reads more, and their own tests say what.
    "EscalationStep": lambda r, row: False,
    "Addressee": lambda r, row: False,
    "EscalationLink": lambda r, row: False,
    "EscalationLinkTry": lambda r, row: False,
}
