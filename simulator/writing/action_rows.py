"""Agreed actions and their steps. Where an action stands follows from its steps."""

from alongside.features.actions.lifecycle import next_state
from alongside.features.actions.text import HAPPENED
from simulator import history as h
from simulator.writing.written import Row, Written


def agree(w: Written, step: h.AgreeAction) -> None:
    mine = step.owner.id == w.by.id
    action = w.fact(
        "action",
        step.topic,
        origin="plan" if step.plan else "contact",
        origin_id=w.rows["planversion"][step.plan - 1]["id"] if step.plan else None,
        what=step.what,
        how_known=step.how_known,
        due_on=step.due_on,
        owner_id=step.owner.id,
        owner_organisation_id=step.place_id,
        by_link=not mine,
        state="accepted" if mine else "proposed",
        asked_at=w.at,
        state_at=w.at,
    )
    words = f"Agreed: {step.what} By {step.owner.name}, {step.place_name}."
    w.say("action.agreed", words, step.topic, "action", action["id"], kind="")
    _step(w, action, "agreed")


def take(w: Written, step: h.TakeStep) -> None:
    action = w.rows["action"][step.action - 1]
    after = next_state(action["state"], step.kind)
    action |= {"version": action.get("version", 1) + 1} | step.values
    if after != action["state"] or step.kind == "blocked":
        action |= {"state": after, "state_at": w.at, "because": step.because[:300]}
    if step.kind == "said_done":
        action["done_at"] = action.get("done_at") or w.at
    _step(w, action, step.kind, because=step.because, evidence=step.evidence)
    words = f"{HAPPENED[step.kind]}: {action['what']}"
    icb = action["recorded_icb_id"]
    w.say(f"action.{step.kind}", words, action["topic"], "action", action["id"], icb=icb)


def _step(w: Written, action: Row, kind: str, because: str = "", evidence: str = "") -> None:
    w.add_row(
        "actionstep",
        action_id=action["id"],
        person_id=w.person["id"],
        kind=kind,
        at=w.at,
        by_id=w.by.id,
        because=because,
        evidence=evidence,
    )
