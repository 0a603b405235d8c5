"""What a rating needs to know, read together with the lock: hospital stays, pending proposal, rules in force."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, TextField
from django.db.models.expressions import RawSQL
from django.http import Http404

from alongside.features.register.models import RegisterEntry
from alongside.foundation.access.me import Me
from alongside.overview.engine.rulesets import ruleset_for
from alongside.overview.person_page.standing import demanded_rating
from alongside.policy.decision import Decision
from alongside.policy.rules import Ruleset

_STAYS = RawSQL(
    "(select json_agg(json_build_array(s.id, s.kind, s.admitted_at, s.discharged_at)) from hospital_stay s "
    "where s.person_id = register_registerentry.person_id and not exists "
    "(select 1 from hospital_stay later where later.supersedes_id = s.id))::text",
    [],
    output_field=TextField(),
)
_PROPOSAL = RawSQL(
    "(select json_build_array(r.id, r.colour, r.because, r.rated_at, a.name, r.origin) from register_rating r "
    "join accounts_actor a on a.id = r.recorded_by_id where r.entry_id = register_registerentry.id "
    "and r.standing = 'proposed' and not exists (select 1 from register_rating d where d.decides_id = r.id) "
    "order by r.id desc limit 1)::text",
    [],
    output_field=TextField(),
)
_LAST = RawSQL(
    "(select json_build_array(r.colour, r.because, r.rated_at, a.name, r.reasons, r.recorded_at) "
    "from register_rating r join accounts_actor a on a.id = r.recorded_by_id "
    "where r.entry_id = register_registerentry.id and r.standing = 'decided' "
    "order by r.rated_at desc, r.id desc limit 1)::text",
    [],
    output_field=TextField(),
)
_VERSION = RawSQL("(select max(id) from overview_recount)", [], output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Situation:
    """An entry and what bears on its rating now. `proposal`: what a rule proposed and nobody has decided on."""

    entry: RegisterEntry
    demanded: Decision
    ruleset: Ruleset
    proposal: dict[str, Any] | None
    last: dict[str, Any] | None

    @property
    def in_hospital(self) -> bool:
        return self.demanded.value == "blue"


def get_situation(me: Me, entry_id: int, at: datetime, *, lock: bool = False) -> Situation:
    """In one statement; with `lock` nobody else decides meanwhile. Raises Http404 outside scope."""
    entries = (
        RegisterEntry.objects.visible_to(me)
        .select_related("person", "icb")
        .annotate(stays=_STAYS, pending=_PROPOSAL, latest=_LAST, rules_version=_VERSION)
    )
    if lock:
        entries = entries.select_for_update(of=("self",))
    entry = entries.filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    ruleset = ruleset_for(entry.icb.code, entry.rules_version or 0)
    stays = json.loads(entry.stays) if entry.stays else []
    return Situation(
        entry=entry,
        demanded=demanded_rating(stays, ruleset, at),
        ruleset=ruleset,
        proposal=_named(entry.pending, ("id", "colour", "because", "at", "by", "origin")),
        last=_named(entry.latest, ("colour", "because", "at", "by", "reasons", "recorded")),
    )


def _named(text: str | None, names: tuple[str, ...]) -> dict[str, Any] | None:
    if not text:
        return None
    found = dict(zip(names, json.loads(text), strict=True))
    found["at"] = datetime.fromisoformat(found["at"])
    return found
