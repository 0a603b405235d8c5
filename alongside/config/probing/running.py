"""Trying the doors, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from django.db import transaction

from alongside.config.probing.doors import DOORS, WEIGHTS, Doors
from alongside.config.probing.reading import Reader, Records, records
from alongside.config.probing.scrambling import scramble
from alongside.foundation.access import context
from alongside.foundation.access.me import find_me, open_key
from alongside.foundation.accounts.models import Actor, RoleHeld
from alongside.foundation.organisations.models import Installation

IDENTITIES = 60
EXAMPLES = 20


@dataclass
class Outcome:
    """What was tried. A leak opened and should not have; blocked wrongly is the other way round."""

    probes: int = 0
    leaks: int = 0
    blocked_wrongly: int = 0
    by_door: dict[str, dict[str, int]] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)

    def add(self, door: str, opened: bool | None, should: bool, who: str, person: int) -> None:
        row = self.by_door.setdefault(door, {"probes": 0, "opened": 0, "leaks": 0, "blocked_wrongly": 0})
        leak, blocked = bool(opened) and not should, opened is False and should
        for name, yes in (("probes", True), ("opened", bool(opened)), ("leaks", leak), ("blocked_wrongly", blocked)):
            row[name] += yes
        self.probes += 1
        self.leaks += leak
        self.blocked_wrongly += blocked
        if (leak or blocked) and len(self.examples) < EXAMPLES:
            self.examples.append(f"{who}, door {door}, person {person}: {'leak' if leak else 'blocked wrongly'}")

    def summary(self) -> dict[str, Any]:
        return {
            "probes": self.probes,
            "leaks": self.leaks,
            "blocked_wrongly": self.blocked_wrongly,
            "by_door": self.by_door,
        }


def probe(probes: int, seed: int, at: datetime) -> Outcome:
    """Tries so many doors, with the same choices for the same seed. Leaves nothing behind."""
    random, outcome = Random(seed), Outcome()
    with transaction.atomic():
        with context.as_engine():
            if Installation.objects.filter(demonstration=True).exists():
                scramble(random, at)
            behind = records()
            chosen = _identities(random)
        if not behind.people:
            transaction.set_rollback(True)
            return outcome
        each, rest = divmod(probes, len(chosen))
        for number, actor in enumerate(chosen):
            _try_as(actor, each + (number < rest), random, behind, at, outcome)
        transaction.set_rollback(True)
    return outcome


def _identities(random: Random) -> list[Actor | None]:
    """Nobody, and members of staff, families and partners of every role, those with involvements first."""
    able = Actor.objects.filter(left_on=None, roles__in=RoleHeld.objects.filter(to_date=None)).exclude(kind="engine")
    found = sorted(set(able), key=lambda actor: actor.pk)
    by_role: dict[str, list[Actor]] = {}
    for actor in found:
        for held in actor.roles.filter(to_date=None):
            by_role.setdefault(held.role, []).append(actor)
    chosen: dict[int, Actor] = {}
    share = max(2, IDENTITIES // max(len(by_role), 1))
    for role in sorted(by_role):
        for actor in random.sample(by_role[role], min(share, len(by_role[role]))):
            chosen[actor.pk] = actor
    return [None, *chosen.values()]


def _try_as(actor: Actor | None, probes: int, random: Random, behind: Records, at: datetime, outcome: Outcome) -> None:
    key = open_key(actor.pk, kind="command", factor="probe", at=at) if actor else ""
    with context.as_engine():
        reader = Reader(actor.pk if actor else None, behind, at)
    who = actor.name if actor else "nobody"
    names, weights = list(WEIGHTS), list(WEIGHTS.values())
    with context.asking_with(key):
        doors = Doors(find_me(at), key, reader, behind)
        for person in _chosen_people(random, probes, reader, behind):
            door = random.choices(names, weights)[0]
            tried = DOORS[door](doors, person)
            outcome.add(door, tried.opened, tried.should, who, person)


def _chosen_people(random: Random, probes: int, reader: Reader, behind: Records) -> Iterator[int]:
    """Half from anywhere, half from near: of the areas they work in, or whom they are involved with."""
    everybody = list(behind.people)
    areas = {area for _, area in reader.roles}
    near = [person for person, known in behind.people.items() if known.icb_id in areas] + 5 * [
        person for person in reader.links if person in behind.people
    ]
    for _ in range(probes):
        yield random.choice(near if near and random.random() < 0.5 else everybody)
