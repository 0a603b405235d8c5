"""Whom an area gives a keyworker decides what is due: a changed rule counts everybody in that area again."""

from alongside.foundation.recording.recording import Notes
from alongside.overview.engine.rulesets import KEYWORKER_RULES
from alongside.overview.recounting import ask_recount


def recount_after_entry_rule(notes: Notes) -> None:
    """In the transaction of the change, so that every later change of a record follows the new rule already."""
    for event in notes.events:
        if event.code == "entry_rule.set" and (event.detail or {}).get("key") in KEYWORKER_RULES:
            ask_recount(because="Who has a keyworker", at=notes.at, icb_id=event.icb_id)
