"""Kinds of facts that may be struck out or moved: what each says in words, and the form of its right value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alongside.features.people import forms, text
from alongside.features.people.models import (
    Address,
    Belonging,
    Circumstance,
    Communication,
    Diagnosis,
    Document,
    Fact,
    LifeEvent,
    OwnWords,
    Professional,
    Relation,
)
from alongside.foundation.clock import LONDON

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` as people say it. `said` gives what stands there. `form` is none where only striking out makes sense.

    `begin` fills the form from the fact; `values` turns what was typed into columns.
    """

    name: str
    model: type[Fact]
    said: Callable[[Any], str]
    form: type[forms.OnceForm] | None = None
    begin: Callable[[Any], dict[str, Any]] | None = None
    values: Callable[[Given], dict[str, Any]] = dict


def _circumstance(given: Given) -> dict[str, Any]:
    return {**given, "topic": text.CIRCUMSTANCE_TOPIC[given["kind"]]}


def _belonging(given: Given) -> dict[str, Any]:
    return {**given, "topic": text.BELONGING_TOPIC[given["kind"]], "organisation_id": None}


def _relation(given: Given) -> dict[str, Any]:
    return {**given, "parental_responsibility": {"yes": True, "no": False}.get(given["parental_responsibility"])}


def _relation_begins(fact: Relation) -> dict[str, Any]:
    answer = {True: "yes", False: "no", None: ""}[fact.parental_responsibility]
    return {"parental_responsibility": answer}


def _life_event(given: Given) -> dict[str, Any]:
    on = given["on"]
    return {
        "kind": given["kind"],
        "topic": text.LIFE_EVENT_TOPIC[given["kind"]],
        "happened_at": datetime(on.year, on.month, on.day, 12, tzinfo=LONDON),
        "severity": int(given["severity"]) if given["severity"] else None,
        "source": given["source"],
        "detail": given["detail"],
    }


def _life_event_begins(fact: LifeEvent) -> dict[str, Any]:
    return {"on": fact.happened_at.astimezone(LONDON).date(), "severity": str(fact.severity or "")}


def _joined(*parts: str) -> str:
    return ". ".join(part.strip().rstrip(".") for part in parts if part and part.strip())


KINDS: dict[str, Kind] = {
    "address": Kind(
        "address", Address, lambda f: _joined(f.get_kind_display(), f.lines, f.postcode), forms.AddressForm
    ),
    "belonging": Kind(
        "GP, school or council",
        Belonging,
        lambda f: _joined(f.get_kind_display(), f.name),
        forms.BelongingForm,
        values=_belonging,
    ),
    "circumstance": Kind(
        "circumstance",
        Circumstance,
        lambda f: _joined(f.get_kind_display(), f.detail),
        forms.CircumstanceForm,
        values=_circumstance,
    ),
    "communication": Kind(
        "how to talk with them",
        Communication,
        lambda f: _joined(f.best_way, f.what_helps, f.avoid, f.adjustments, f.contact_by),
        forms.CommunicationForm,
    ),
    "diagnosis": Kind(
        "diagnosis",
        Diagnosis,
        lambda f: _joined(f.get_kind_display(), f.get_basis_display()),
        forms.DiagnosisForm,
    ),
    "document": Kind("document", Document, lambda f: f.title),
    "lifeevent": Kind(
        "something that happened",
        LifeEvent,
        lambda f: _joined(f.get_kind_display(), f.detail, f.source),
        forms.LifeEventForm,
        _life_event_begins,
        _life_event,
    ),
    "ownwords": Kind("their own words", OwnWords, lambda f: f.words, forms.OwnWordsForm),
    "professional": Kind(
        "professional",
        Professional,
        lambda f: _joined(f.name, f.post, f.organisation_name, f.contact),
        forms.ProfessionalForm,
    ),
    "relation": Kind(
        "family or carer",
        Relation,
        lambda f: _joined(f.name, f.relationship, f.phone, f.safe_contact),
        forms.RelationForm,
        _relation_begins,
        _relation,
    ),
}


def initial_of(kind: Kind, fact: Fact) -> dict[str, Any]:
    """The form of the right value, filled with what stands there."""
    if kind.form is None:
        return {}
    names = [name for name in kind.form.base_fields if hasattr(fact, name)]
    return {name: getattr(fact, name) for name in names} | (kind.begin(fact) if kind.begin else {})
