"""The waiting list: everybody who should have a named keyworker and has none, with the clock of each.

Nobody is put on it and nobody can be forgotten: it is read from the register itself.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from alongside.features.keyworking.entry import entry_rules_of
from alongside.features.people.models import Consent
from alongside.features.people.scope import rule_of, values_of
from alongside.foundation.access.me import Me
from alongside.foundation.organisations.models import Organisation
from alongside.policy.allocation import CaseloadRules, Need, needs_of
from alongside.policy.allocation.worth import in_order
from alongside.policy.counting import day_in_words
from alongside.policy.eligibility import Asked, EntryRules, Told
from alongside.policy.keyworker_eligibility import PHASE_OF, keyworking_tests, may_have_keyworker, phases_of
from alongside.policy.keyworker_phases import days_of_phases

_CURRENT = "not exists (select 1 from {table} later where later.supersedes_id = t.id)"


def _current(table: str) -> str:
    return _CURRENT.format(table=table)


#: What the family left out of their agreement to the register goes into no plan; who asks for themselves reads what
#: they may, as the database decides.
_TOLD = "(%(reads)s or (p.closed_topics >> t.topic) & 1 = 0)"


#: Somebody named and authorised a keyworker for them, whatever the rules say.
_OUTSIDE = f"""from keyworking_outsiderules t where t.person_id = any(w.ids) and t.until >= %(today)s
    and (t.ended_on is null or t.ended_on > %(today)s) and {_current("keyworking_outsiderules")} and {_TOLD}"""

#: {scope} is the rule of who reaches whom, said once more in code; the engine reaches everybody. What stands on a
#: record that was merged into another is the one person's: their entry, their keyworker, their answers.
READ = f"""
    select p.id, p.reference, coalesce(nullif(p.preferred_name, ''), p.given_name), p.family_name, p.birth_date,
        p.first_language, e.entered_on, e.imported_at::date, r.colour, r.rated_at,
        (select min(t.rated_at) from register_rating t where t.entry_id = any(one.ids) and t.standing = 'decided'
           and t.colour = any(%(colours)s) and t.rated_at > coalesce((
             select max(o.rated_at) from register_rating o where o.entry_id = any(one.ids)
               and o.standing = 'decided' and o.colour <> all(%(colours)s)), '-infinity')),
        (select json_agg(json_build_array(t.kind, t.from_date, t.to_date)) from people_circumstance t
          where t.person_id = any(w.ids) and (t.from_date is null or t.from_date <= %(today)s)
          and {_current("people_circumstance")} and {_TOLD}),
        array(select distinct t.kind || ':' || t.basis from people_diagnosis t where t.person_id = any(w.ids)
          and {_current("people_diagnosis")} and {_TOLD}),
        (select t.name from people_belonging t where t.person_id = any(w.ids) and t.kind = 'council'
          and (t.to_date is null or t.to_date >= %(today)s) and {_current("people_belonging")} and {_TOLD}
          order by t.id desc limit 1),
        (select split_part(t.postcode, ' ', 1) from people_address t where t.person_id = any(w.ids) and t.postcode <> ''
          and (t.to_date is null or t.to_date >= %(today)s) and {_current("people_address")} and {_TOLD}
          order by (t.kind = 'current') desc, t.id desc limit 1),
        (select t.answer from people_consent t where t.person_id = any(w.ids) and t.purpose = 'keyworking'
          and {_current("people_consent")} order by t.decided_on desc nulls first, t.id desc limit 1),
        (select json_agg(json_build_array(t.worker_id, t.part, t.to_date) order by t.id)
          from keyworking_allocation t where t.person_id = any(w.ids) and {_current("keyworking_allocation")}),
        (select json_build_object('needs', t.needs, 'interests', t.interests, 'wanted', t.wanted_id,
            'unwanted', t.unwanted_id, 'said', t.said) from keyworking_matchwish t
          where t.person_id = any(w.ids) and {_current("keyworking_matchwish")} and {_TOLD} order by t.id desc limit 1),
        (select json_build_object('by', t.authorised_by, 'post', t.authorised_post, 'because', t.because,
            'until', t.until, 'from', (t.happened_at at time zone 'Europe/London')::date) {_OUTSIDE}
          order by t.id desc limit 1),
        (select case when t.opens_keyworking then (t.happened_at at time zone 'Europe/London')::date end
          from register_entryanswers t where t.person_id = any(w.ids) and t.tool = 'two_of_four'
          and {_current("register_entryanswers")} and {_TOLD} order by t.id desc limit 1)
    from register_registerentry e
    join people_person own on own.id = e.person_id
    join people_person p on p.id = coalesce(own.survivor_id, own.id)
    cross join lateral (select array(select m.id from people_person m where p.id in (m.id, m.survivor_id)) as ids) w
    -- Two records on the same list are one time on it, as the register has it: the newest rating of either counts.
    cross join lateral (select array(select x.id from register_registerentry x where x.person_id = any(w.ids)
        and x.icb_id = e.icb_id and x.listing = e.listing and x.removed_on is null) as ids) one
    left join lateral (select t.colour, t.rated_at from register_rating t where t.entry_id = any(one.ids)
        and t.standing = 'decided' and {_TOLD} order by t.rated_at desc, t.id desc limit 1) r on true
    where e.icb_id = %(icb)s and p.icb_id = %(icb)s and e.removed_on is null and p.guard = 0 and p.died_on is null
      and p.survivor_id is null and {{scope}} and (%(people)s::bigint[] is null or p.id = any(%(people)s))
      and (%(people)s::bigint[] is not null or %(everybody)s or r.colour = any(%(colours)s)
        or exists (select 1 {_OUTSIDE}))
      and (%(people)s::bigint[] is not null or not exists (select 1 from keyworking_allocation t
        where t.person_id = any(w.ids) and t.part = 'designated' and (t.to_date is null or t.to_date > %(today)s)
        and {_current("keyworking_allocation")}))
    order by p.id, array_position(array['red','blue','amber','green']::varchar[], r.colour)
"""


@dataclass(frozen=True)
class Outside:
    """A keyworker outside the rules: who authorised it, why, and the last day on which it stands."""

    by: str
    because: str
    until: date
    since: date


@dataclass(frozen=True)
class Waiting:
    """Somebody without a named keyworker: who, since when, why the rules say that they should have one."""

    reference: str
    name: str
    birth_date: date | None
    since: date
    days: int
    consent: str
    told: tuple[Told, ...]
    wish: str
    need: Need
    outside: Outside | None = None

    @property
    def person_id(self) -> int:
        return self.need.id

    @property
    def colour(self) -> str:
        return self.need.colour


def list_waiting(me: Me | None, icb: Organisation, today: date, rules: CaseloadRules) -> list[Waiting]:
    """Everybody who waits, by risk and wait. `me` None: the engine asks, for a job or a command."""
    entry_rules = entry_rules_of(icb)
    found = [_waiting(row, today, rules, entry_rules) for row in _rows(me, icb, today, entry_rules, None)]
    listed = {one.person_id: one for one in found if _counts(one)}
    return [listed[need.id] for need in in_order([one.need for one in listed.values()])]


def asked_about_keyworking(me: Me, person_ids: Collection[int]) -> set[int]:
    """Those of them who answered, with yes or no, whether a keyworker may work with them."""
    rows = Consent.objects.visible_to(me).filter(person__in=person_ids, purpose=Consent.Purpose.KEYWORKING)
    rows = rows.filter(superseded_by=None).exclude(answer=Consent.Answer.UNKNOWN)
    return set(rows.values_list("person_id", flat=True))


def _counts(one: Waiting) -> bool:
    """On the list: the rules say so or somebody authorised it, and nobody said no."""
    return one.consent != "refused" and (one.outside is not None or may_have_keyworker(one.told))


def find_waiting(me: Me, icb: Organisation, today: date, rules: CaseloadRules, person_id: int) -> Waiting | None:
    """One person as the waiting list would show them, whether or not they are on it; None off the register."""
    return find_as_waiting(me, icb, today, rules, [person_id]).get(person_id)


def find_as_waiting(
    me: Me | None, icb: Organisation, today: date, rules: CaseloadRules, person_ids: Collection[int]
) -> dict[int, Waiting]:
    """These people as the waiting list would show them, by number; nobody off the register is among them."""
    entry_rules = entry_rules_of(icb)
    rows = _rows(me, icb, today, entry_rules, person_ids) if person_ids else []
    return {row[0]: _waiting(row, today, rules, entry_rules) for row in rows}


def _rows(
    me: Me | None, icb: Organisation, today: date, rules: EntryRules, person_ids: Collection[int] | None
) -> list[tuple]:
    scope = rule_of("person", "p") if me else "true"
    values: dict[str, Any] = values_of(me) if me else {}
    values |= {
        "icb": icb.pk,
        "today": today,
        "colours": list(rules.on("keyworker_ratings", today).many),
        "everybody": bool(rules.on("keyworker_also", today).many),
        "people": None if person_ids is None else list(person_ids),
        "reads": me is not None,
    }
    seen: dict[int, tuple] = {}
    with connection.cursor() as cursor:
        cursor.execute(READ.format(scope=scope), values)
        for row in cursor.fetchall():
            # On two lists at once: the colour of greater risk counts.
            seen.setdefault(row[0], row)
    return list(seen.values())


def _waiting(row: tuple, today: date, rules: CaseloadRules, entry_rules: EntryRules) -> Waiting:
    number, reference, given, family, born, language, entered, imported, colour, rated, run, *rest = row
    happened, diagnoses, council, district, consent, held, wish, exception, opened = rest
    outside = _outside(json.loads(exception) if isinstance(exception, str) else exception)
    held = json.loads(held) if isinstance(held, str) else held or []
    wish = json.loads(wish) if isinstance(wish, str) else wish or {}
    colour = colour or ""
    happened = json.loads(happened) if isinstance(happened, str) else happened or []
    stretches = [_stretch(*one) for one in happened]
    circumstances = {kind for kind, _, until in stretches if until is None or until > today}
    phases = phases_of(circumstances=circumstances, birth_date=born, as_at=today, two_of_four=opened is not None)
    began = [day for day in (run.date() if run else None, imported) if day]
    if outside and not run:
        began = [outside.since]
    elif not run and (first := _since_a_phase(stretches, opened, born, entry_rules, today)):
        began = [first, imported or entered or first]
    ends = [date.fromisoformat(last) for _, part, last in held if part == "designated" and last]
    since = min(today, max([*(began or [entered or today]), *(day for day in ends if day <= today)]))
    kinds = frozenset(text.partition(":")[0] for text in diagnoses)
    asked = Asked(
        birth_date=born,
        diagnoses=kinds,
        basis=_firmest(diagnoses),
        circumstances=phases,
        rating=colour,
    )
    consent = {"refused": "refused", "withdrawn": "refused", "given": "given"}.get(consent or "", "not_asked")
    need = Need(
        id=number,
        colour=colour,
        halves=rules.halves_of(colour, today),
        waited=(today - since).days,
        needs=needs_of(colour=colour, circumstances=circumstances, diagnoses=kinds, birth_date=born, as_at=today)
        | frozenset(wish.get("needs") or ()),
        interests=frozenset(wish.get("interests") or ()),
        language=language or "",
        council=council or "",
        district=(district or "").upper(),
        before={worker: said for worker, part, last in held if (said := _said(part, last, today))},
        wanted=frozenset(filter(None, [wish.get("wanted")])),
        unwanted=frozenset(filter(None, [wish.get("unwanted")])),
    )
    return Waiting(
        reference=reference,
        name=f"{given} {family}".strip(),
        birth_date=born,
        since=since,
        days=need.waited,
        consent=consent,
        told=keyworking_tests(asked, entry_rules, today, consent),
        wish=wish.get("said") or "",
        need=need,
        outside=outside,
    )


def _stretch(kind: str, first: str | None, last: str | None) -> tuple[str, date | None, date | None]:
    until = date.fromisoformat(last) + timedelta(days=1) if last else None
    return kind, date.fromisoformat(first) if first else None, until


def _since_a_phase(
    stretches: list[tuple[str, date | None, date | None]],
    opened: date | None,
    born: date | None,
    rules: EntryRules,
    today: date,
) -> date | None:
    """Since when the area gives them a keyworker whatever their rating; None where it doesn't today."""
    phases = [(PHASE_OF[kind], first, until) for kind, first, until in stretches if kind in PHASE_OF]
    days = days_of_phases(
        phases + ([("two_of_four", opened, None)] if opened else []),
        born,
        also=[(rule.starts_on, rule.many) for rule in rules.decided("keyworker_also")],
        ages=[(rule.starts_on, rule.years) for rule in rules.decided("keyworker_age_to")],
    )
    return next((first for first, until in days if first <= today and (until is None or until > today)), None)


def _outside(found: dict[str, str] | None) -> Outside | None:
    if not found:
        return None
    by = f"{found['by']}, {found['post']}"
    return Outside(by, found["because"], date.fromisoformat(found["until"]), date.fromisoformat(found["from"]))


_FIRMEST = ("diagnosed", "understood", "considered", "pathway")


def _firmest(diagnoses: list[str]) -> str:
    bases = {text.partition(":")[2] for text in diagnoses}
    return next((basis for basis in _FIRMEST if basis in bases), "")


def _said(part: str, last: str | None, today: date) -> str:
    """What a keyworker was or is to somebody, in words."""
    words = {"co_worker": "co-worker", "cover": "cover"}.get(part, "keyworker")
    if last is None or date.fromisoformat(last) > today:
        return f"is their {words} now"
    return f"was their {words} until {day_in_words(date.fromisoformat(last))}"
