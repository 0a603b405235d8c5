"""A plan as it was sent, and as it was shared: a version with a row for each part."""

import json
from typing import Any

from alongside.features.plans.drafting import EMPTY
from alongside.features.plans.models import TOPIC_OF
from alongside.foundation.topics import Topic
from alongside.policy.plans import PARTS, what_changed
from simulator import history as h
from simulator.writing.written import Written


def send(w: Written, step: h.SendPlan) -> None:
    parts = {kind: {**EMPTY, **step.parts[kind]} if kind in step.parts else {} for kind in PARTS}
    proposal = w.fact("planproposal", Topic.KEYWORKING, parts=parts, review_on=step.review_on, state="waiting")
    w.say("plan.sent", "The plan was sent for approval.", Topic.KEYWORKING, "planproposal", proposal["id"], kind="")


def share(w: Written, step: h.SharePlan) -> None:
    proposal = w.rows["planproposal"][step.proposal - 1]
    proposal |= {"state": "shared", "decided_by_id": w.by.id, "decided_at": w.at}
    parts: dict[str, dict[str, Any]] = proposal["parts"]
    changed = [list(one) for one in what_changed({}, parts)]
    version = w.fact(
        "planversion",
        Topic.KEYWORKING,
        number=1,
        proposal_id=proposal["id"],
        writer_id=proposal["recorded_by_id"],
        review_on=proposal["review_on"],
        changed=json.dumps(changed),
    )
    w.say("plan.shared", "Their plan was shared.", Topic.KEYWORKING, "planversion", version["id"], kind="")
    for kind in PARTS:
        face = EMPTY | parts[kind]
        told = {"words": face["words"], "plain": face["plain"], "easy": json.dumps(face["easy"])}
        w.fact("planpart", TOPIC_OF[kind], version_id=version["id"], kind=kind, **told)
