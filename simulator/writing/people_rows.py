"""The person, agreement, facts, and moves to another ICB."""

from typing import Any

from alongside.features.people.models import Consent
from alongside.features.register.moves import PROPOSES
from alongside.foundation.topics import Topic
from simulator import history as h
from simulator.lives.answering import SUBJECT
from simulator.writing.register_rows import go_on_in_the_new_area, propose_after
from simulator.writing.written import AREA, NEWS, Written


def add(w: Written, step: h.Add) -> None:
    known = step.known
    w.person = w.add_row("person", reference=w.life.reference, icb_id=w.icb, held_by=[], guard=0, **known)
    w.name = f"{known['preferred_name'] or known['given_name']} {known['family_name']}".strip()
    responsible(w, w.icb)
    w.fact(
        "personname",
        Topic.IDENTITY,
        kind="legal",
        given_name=known["given_name"],
        family_name=known["family_name"],
    )
    w.say("person.added", f"{w.name} was added.", Topic.IDENTITY, "person", w.person["id"])


def responsible(w: Written, icb: int) -> None:
    w.add_row("responsibility", person_id=w.person["id"], icb_id=icb, from_at=w.at, accepted_by_id=w.by.id)


def agree(w: Written, step: h.Agree) -> None:
    consent = w.fact(
        "consent",
        Topic.AGREEMENT,
        purpose=step.purpose,
        answer=step.answer,
        basis=step.basis,
        decided_on=step.decided_on,
        evidenced=step.evidenced,
    )
    words = f"{Consent.Purpose(step.purpose).label}: {Consent.Answer(step.answer).label.lower()}."
    w.say("consent.recorded", words, Topic.AGREEMENT, "consent", consent["id"], kind="")
    guard = 0 if step.answer == "given" else 1
    if guard != w.person["guard"]:
        w.person["guard"] = guard
        who = ("Everybody whose work it is", "The register team only, until agreement is confirmed")[guard]
        w.say(
            "person.guard_set",
            f"The record is now open to: {who.lower()}.",
            Topic.AGREEMENT,
            because=f"agreement to the register: {step.answer}",
        )


def change(w: Written, step: h.Change) -> None:
    w.person |= step.values
    w.say(
        "person.changed",
        "Who they are was corrected.",
        Topic.IDENTITY,
        "person",
        w.person["id"],
        changed=sorted(step.values),
    )


def record(w: Written, step: h.Record) -> None:
    values = dict(step.values)
    if step.stay:
        values["stay_id"] = w.rows["stay"][step.stay - 1]["id"]
    if step.of:
        column, kind_of_it, number = step.of
        values[column] = w.rows[kind_of_it][number - 1]["id"]
    if step.kind == "dutyanswer":
        values["duty_key"] = SUBJECT.sub(lambda found: real_subject(w, found), values["duty_key"])
    fact = w.fact(step.kind, step.topic, step.happened_at, **values)
    # The product keeps the kind with the event, because a rule may propose a rating because of it.
    kind = {} if step.kind == "ownwords" else {"kind": values.get("kind", "")}
    code = step.code or f"{step.kind}.recorded"
    w.say(code, step.words, step.topic, step.kind, fact["id"], step.happened_at, **kind)
    if step.kind == "lifeevent" and values["kind"] in PROPOSES:
        w.follows.append((NEWS, lambda: propose_after(w, values["kind"])))


def real_subject(w: Written, found: Any) -> str:
    kind, number = found.group(1), int(found.group(2))
    return f":{kind}:{w.rows[kind][number - 1]['id']}"


def offer(w: Written, step: h.Offer) -> None:
    offer = w.add_row(
        "moveoffer",
        person_id=w.person["id"],
        to_icb_id=step.icb_id,
        offered_at=w.at,
        offered_by_id=w.by.id,
        because=step.because,
    )
    words = f"A move to {step.icb_name} was offered. {step.because}"
    w.say("person.offered", words, Topic.IDENTITY, "move_offer", offer["id"])


def accept(w: Written, step: h.Accept) -> None:
    w.rows["responsibility"][-1]["to_at"] = w.at
    before = w.icb
    responsible(w, step.icb_id)
    w.rows["moveoffer"][-1] |= {"closed_at": w.at, "closed_how": "accepted"}
    for involvement in w.rows["involvement"]:
        involvement["to_at"] = involvement["to_at"] or w.at
    w.icb = w.person["icb_id"] = step.icb_id
    w.person["held_by"] = sorted({r["icb_id"] for r in w.rows["responsibility"][:-1]})
    words = f"{step.icb_name} accepted responsibility from {step.from_name}."
    w.say("person.accepted", words, Topic.IDENTITY, came_from=before)
    w.follows.append((AREA, lambda: go_on_in_the_new_area(w)))
