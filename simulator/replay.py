"""A life replayed through operations, as the people of the service would have recorded it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

from alongside.features.actions.models import Action
from alongside.features.actions.operations import NewOwner, agree_action, take_step
from alongside.features.hospital.models import Stay
from alongside.features.hospital.operations import admit, discharge
from alongside.features.keyworking.models import Allocation
from alongside.features.keyworking.operations import allocate, end_allocation
from alongside.features.people.models import OwnWords, Person
from alongside.features.people.operations import (
    accept_person,
    add_person,
    change_person,
    offer_person,
    record_consent,
    record_fact,
)
from alongside.features.plans.drafting import keep_part
from alongside.features.plans.operations import send_plan, share_plan
from alongside.features.register.models import Rating, RegisterEntry
from alongside.features.register.operations import (
    decline_proposal,
    enter_register,
    plan_review,
    rate,
    remove,
)
from alongside.foundation.access import context
from alongside.foundation.access.me import Me, end_key, find_me, open_key
from alongside.foundation.accounts.models import Actor
from alongside.foundation.organisations.models import Organisation
from alongside.foundation.recording.recording import Notes, recording
from alongside.policy.decision import Decision
from simulator import history as h
from simulator.lives.answering import SUBJECT
from simulator.writing.table import MODELS


@contextmanager
def acting_as(actor_id: int, at: datetime) -> Iterator[Me]:
    """Statements inside are asked by this actor, as on a signed-in page. The key is ended afterwards."""
    key = open_key(actor_id, kind="command", factor="simulated", at=at)
    with context.asking_with(key):
        me = find_me(at)
        if me is None:
            raise LookupError(f"Actor {actor_id} can't act.")
        try:
            yield me
        finally:
            end_key(at)


class Replay:
    """One life. `nhs_number` replaces the one of the life where that is taken already."""

    def __init__(self, life: h.Life, nhs_number: str | None = None) -> None:
        self.life, self.nhs_number = life, nhs_number
        self.person_id = 0

    def run(self) -> int:
        """Every moment in an act of its own; the id of the person that was made."""
        for moment in self.life.moments:
            with acting_as(moment.by.id, moment.at) as me, recording(by=me, at=moment.at) as note:
                for step in moment.steps:
                    self._do(note, me, step)
        return self.person_id

    @cached_property
    def person(self) -> Person:
        return Person.objects.get(pk=self.person_id)

    def _nth(self, kind: str, number: int) -> Any:
        """The `number`th row of a kind about this person, in the order they were made."""
        rows = MODELS[kind].objects.filter(person_id=self.person_id)  # type: ignore[attr-defined]
        return rows.order_by("id")[number - 1]

    def _do(self, note: Notes, me: Me, step: h.Step) -> None:
        self.__dict__.pop("person", None)
        match step:
            case h.Add():
                known = dict(step.known) | {"nhs_number": self.nhs_number or step.known["nhs_number"]}
                self.person_id = add_person(note, icb_id=self.life.icb_id, **known).pk
            case h.Agree():
                record_consent(
                    note,
                    person=self.person,
                    purpose=step.purpose,
                    answer=step.answer,
                    basis=step.basis,
                    decided_on=step.decided_on,
                    evidenced=step.evidenced,
                )
            case h.Enter():
                enter_register(
                    note,
                    person=self.person,
                    listing=step.listing,
                    entered_on=step.entered_on,
                    reason=step.reason,
                    by=me,
                )
            case h.Rate():
                self._rate(note, me, step)
            case h.Decline():
                proposal: Rating = self._nth("rating", step.proposal)
                decline_proposal(note, proposal=proposal, because=step.because, by=me)
            case h.PlanReview():
                plan_review(note, entry=self._entry(step.entry), on=step.on, by=me)
            case h.Remove():
                remove(note, entry=self._entry(step.entry), on=step.on, because=step.because, by=me)
            case _:
                self._do_else(note, me, step)

    def _do_else(self, note: Notes, me: Me, step: h.Step) -> None:
        match step:
            case h.Admit():
                admit(
                    note,
                    person=self.person,
                    kind=step.kind,
                    place_name=step.place_name,
                    admitted_at=step.admitted_at,
                    legal_status=step.legal_status,
                    **step.values,
                )
            case h.Leave():
                stay: Stay = self._nth("stay", step.stay)
                discharge(note, stay=stay, discharged_at=step.discharged_at, destination=step.destination)
            case h.Record():
                self._record(note, step)
            case h.Allocate():
                worker = Actor.objects.get(pk=step.worker.id)
                allocate(note, person=self.person, worker=worker, from_date=step.from_date)
            case h.EndAllocation():
                allocation: Allocation = self._nth("allocation", step.number)
                end_allocation(note, allocation=allocation, on=step.on)
            case h.AgreeAction():
                self._agree_action(note, me, step)
            case h.TakeStep():
                action: Action = self._nth("action", step.action)
                take_step(
                    note,
                    action=action,
                    kind=step.kind,
                    by=me,
                    because=step.because,
                    evidence=step.evidence,
                    **step.values,
                )
            case h.SendPlan():
                self._send_plan(note, me, step)
            case h.SharePlan():
                share_plan(note, proposal=self._nth("planproposal", step.proposal), by=me)
            case h.Change():
                change_person(note, person=self.person, **step.values)
            case h.Offer():
                to_icb = Organisation.objects.get(pk=step.icb_id)
                offer_person(note, person=self.person, to_icb=to_icb, because=step.because, by=me)
            case h.Accept():
                to_icb = Organisation.objects.get(pk=step.icb_id)
                accept_person(note, person_id=self.person_id, to_icb=to_icb, by=me)

    def _entry(self, number: int) -> RegisterEntry:
        return self._nth("entry", number)

    def _rate(self, note: Notes, me: Me, step: h.Rate) -> None:
        staying = Stay.objects.filter(person_id=self.person_id, kind=Stay.Kind.HOSPITAL, discharged_at=None).exists()
        rate(
            note,
            entry=self._entry(step.entry),
            colour=step.colour,
            because=step.because,
            by=me,
            demanded=Decision("blue" if staying else None, "Where they are."),
            proposal=self._nth("rating", step.proposal) if step.proposal else None,
        )

    def _agree_action(self, note: Notes, me: Me, step: h.AgreeAction) -> None:
        place = Organisation.objects.get(pk=step.place_id)
        agree_action(
            note,
            by=me,
            person=self.person,
            topic=step.topic,
            what=step.what,
            how_known=step.how_known,
            owner=NewOwner(organisation=place, actor=Actor.objects.get(pk=step.owner.id)),
            due_on=step.due_on,
            origin=Action.Origin.PLAN if step.plan else Action.Origin.CONTACT,
            origin_id=self._nth("planversion", step.plan).pk if step.plan else None,
        )

    def _send_plan(self, note: Notes, me: Me, step: h.SendPlan) -> None:
        for kind, face in step.parts.items():
            keep_part(person=self.person, kind=kind, face=face, seen=0, page=f"{kind}-replayed", by=me, at=note.at)
        send_plan(note, person=self.person, review_on=step.review_on, changed_words="", by=me)

    def _record(self, note: Notes, step: h.Record) -> None:
        values = dict(step.values)
        if step.stay:
            values["stay_id"] = self._nth("stay", step.stay).pk
        if step.of:
            column, kind, number = step.of
            values[column] = self._nth(kind, number).pk
        if step.kind == "dutyanswer":
            values["duty_key"] = SUBJECT.sub(self._real_subject, values["duty_key"])
        if step.kind == "ownwords":
            self._own_words(note, step)
            return
        record_fact(
            note,
            MODELS[step.kind],  # type: ignore[type-var]
            person=self.person,
            topic=step.topic,
            words=step.words,
            code=step.code,
            happened_at=step.happened_at,
            **values,
        )

    def _own_words(self, note: Notes, step: h.Record) -> None:
        """The fact has a column `words` of its own, which `record_fact` takes for the timeline's."""
        fact = OwnWords.objects.create(
            person=self.person,
            topic=step.topic,
            recorded_icb_id=self.person.icb_id,
            recorded_by_id=note.by.id,
            recorded_at=note.at,
            happened_at=step.happened_at or note.at,
            **step.values,
        )
        note(
            "ownwords.recorded",
            words=step.words,
            person_id=self.person_id,
            icb_id=self.person.icb_id,
            topic=step.topic,
            subject="ownwords",
            subject_id=fact.pk,
            happened_at=step.happened_at,
        )

    def _real_subject(self, found: Any) -> str:
        kind, number = found.group(1), int(found.group(2))
        return f":{kind}:{self.person_id if kind == 'person' else self._nth(kind, number).pk}"
