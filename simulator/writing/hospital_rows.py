"""Stays and the law they are under."""

from datetime import datetime

from alongside.foundation.topics import Topic
from simulator import history as h
from simulator.writing.register_rows import rate_after
from simulator.writing.written import HOSPITAL, Row, Written


def admit(w: Written, step: h.Admit) -> None:
    values = step.values
    stay = w.fact(
        "stay",
        Topic.HOSPITAL,
        step.admitted_at,
        kind=step.kind,
        place_name=step.place_name,
        admitted_at=step.admitted_at,
        **values,
    )
    w.fact(
        "wardstay",
        Topic.HOSPITAL,
        step.admitted_at,
        stay_id=stay["id"],
        move="admission",
        from_at=step.admitted_at,
        place_name=step.place_name,
        ward_name=values.get("ward_type", ""),
        security=values.get("security", ""),
        adult_ward=values.get("adult_ward", False),
    )
    if step.legal_status:
        w.fact(
            "legalstatus",
            Topic.HOSPITAL,
            step.admitted_at,
            stay_id=stay["id"],
            code=step.legal_status,
            from_at=step.admitted_at,
            to_at=None,
        )
    stay_says(w, "stay.admitted", f"Went into {step.place_name}.", stay, step.admitted_at)


def leave(w: Written, step: h.Leave) -> None:
    stay = w.rows["stay"][step.stay - 1]
    stay["discharged_at"], stay["destination"] = step.discharged_at, step.destination
    for status in w.rows["legalstatus"]:
        if status["stay_id"] == stay["id"] and status["to_at"] is None:
            status["to_at"] = step.discharged_at
    stay_says(w, "stay.discharged", f"Left {stay['place_name']}.", stay, step.discharged_at)


def stay_says(w: Written, code: str, words: str, stay: Row, at: datetime) -> None:
    mental_health = stay["kind"] == "mental_health_hospital"
    w.say(
        code,
        words,
        Topic.HOSPITAL,
        "stay",
        stay["id"],
        at,
        icb=stay["recorded_icb_id"],
        mental_health=mental_health,
    )
    if mental_health:
        w.follows.append((HOSPITAL, lambda: rate_after(w, code, at)))
