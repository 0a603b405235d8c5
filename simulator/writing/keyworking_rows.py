"""Keyworkers, and who may see whom because of it."""

from alongside.foundation.topics import EVERY_TOPIC, Topic
from simulator import history as h
from simulator.writing.written import Written

TOPICS = list(EVERY_TOPIC)


def allocate(w: Written, step: h.Allocate) -> None:
    allocation = w.fact(
        "allocation",
        Topic.KEYWORKING,
        worker_id=step.worker.id,
        part="designated",
        from_date=step.from_date,
        to_date=None,
    )
    w.add_row(
        "involvement",
        actor_id=step.worker.id,
        person_id=w.person["id"],
        topics=TOPICS,
        writes=True,
        because="allocation",
        because_id=allocation["id"],
        relies_on="keyworking",
        from_at=w.at,
        to_at=None,
    )
    w.workers[allocation["id"]] = step.worker.name
    words = f"{step.worker.name} became their keyworker."
    w.say("keyworker.allocated", words, Topic.KEYWORKING, "allocation", allocation["id"])


def end_allocation(w: Written, step: h.EndAllocation) -> None:
    allocation = w.rows["allocation"][step.number - 1]
    allocation["to_date"] = step.on
    for involvement in w.rows["involvement"]:
        if involvement["because_id"] == allocation["id"] and involvement["to_at"] is None:
            involvement["to_at"] = w.at
    words = f"{w.workers[allocation['id']]} is no longer their keyworker."
    w.say(
        "keyworker.ended",
        words,
        Topic.KEYWORKING,
        "allocation",
        allocation["id"],
        icb=allocation["recorded_icb_id"],
    )
