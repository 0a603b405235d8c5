"""The pages that are measured, each as a way to make its next request."""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from random import Random
from typing import Any

from alongside.features.keyworking.models import Allocation
from alongside.foundation.access import context
from alongside.foundation.access.me import open_key
from alongside.foundation.access.roles import Role
from alongside.foundation.accounts.models import RoleHeld
from alongside.overview.models import RegisterRow
from simulator.bench.asking import Answer, Asker
from simulator.bench.beside import a_meeting, find_family

AREAS = 6
DEEP = 40
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')
ATTRIBUTE = re.compile(r'(name|value)="([^"]*)"')
NEXT = re.compile(r'href="([^"]*[?&;]after=[^"]*)"')
SPOILT = {"a": "e", "e": "a", "i": "y", "o": "u", "u": "o", "n": "m", "s": "z", "c": "k", "r": "l"}


@dataclass
class Page:
    """`prepare` gets ready for one request, which is not measured, and gives back who asks and the request."""

    name: str
    prepare: Callable[[], tuple[Asker, Callable[[], Answer]]]


@dataclass
class Sample:
    """Some areas: a coordinator and keyworkers of each, signed in, and some people on their register."""

    area: int
    coordinator: Asker
    keyworkers: list[Asker]
    rows: list[RegisterRow]
    numbers: list[str]
    family: Asker
    family_page: str
    # A keyworker of the area and somebody of theirs who has a plan, by reference.
    walks: list[tuple[Asker, str]]
    # The register meeting that goes on: its agenda, and the page of one person in it.
    meeting: str
    talked_about: str


def find_samples(at: Any, most: int) -> list[Sample]:
    """So many people of each of a few areas; everything is read before measuring begins."""
    from alongside.features.people.models import Person

    samples = []
    with context.as_engine():
        coordinators = (
            RoleHeld.objects.filter(role=Role.COORDINATOR).order_by("area_id", "actor_id").distinct("area_id")
        )
        for held in list(coordinators[:AREAS]):
            rows = RegisterRow.objects.filter(
                icb_id=held.area_id, listing="child", guard=0, colour__in=("amber", "green"), in_hospital=False
            ).order_by("person_id")[:most]
            workers = (
                Allocation.objects.filter(recorded_icb_id=held.area_id, to_date=None)
                .order_by("worker_id")
                .values_list("worker_id", flat=True)
                .distinct()[:5]
            )
            people = Person.objects.filter(icb_id=held.area_id, guard=0, nhs_number__isnull=False).order_by("id")[:most]
            samples.append(
                Sample(
                    held.area_id,
                    _signed_in(held.actor_id, at),
                    [_signed_in(worker, at) for worker in workers],
                    list(rows),
                    [person.nhs_number or "" for person in people],
                    *_family(held.area_id, at),
                    _walks(held.area_id, at, most),
                    *a_meeting(held.area_id, at),
                )
            )
    return samples


def _walks(area: int, at: Any, most: int) -> list[tuple[Asker, str]]:
    """Keyworkers with the people whose plan is shared, a person of each keyworker after the other."""
    held = Allocation.objects.filter(to_date=None, part="designated", person__guard=0, person__icb_id=area)
    planned = held.filter(person__planversion_rows__isnull=False).order_by("person_id")
    found = list(planned.values_list("worker_id", "person__reference")[:most])
    askers = {worker: _signed_in(worker, at) for worker in {worker for worker, _ in found}}
    return [(askers[worker], reference) for worker, reference in found]


def _family(area: int, at: Any) -> tuple[Asker, str]:
    actor, reference = find_family(area, at)
    return _signed_in(actor, at), f"/mine/{reference}"


def _signed_in(actor_id: int, at: Any) -> Asker:
    return Asker(open_key(actor_id, kind="session", factor="bench", at=at))


def pages_of(samples: list[Sample]) -> Iterator[Page]:
    """In the order they are reported. Saving comes last, because it changes what the others read."""
    turn = cycle(samples)
    people = cycle([(sample, row) for row in range(len(samples[0].rows)) for sample in samples])
    yield Page("register_list", lambda: _get(next(turn).coordinator, "/register"))
    deep = cycle([(sample, _deep_page(sample.coordinator)) for sample in samples])
    yield Page("register_deep", lambda: _follow(*next(deep)))
    names = cycle([(s, mistyped(row.family_name)) for s in samples for row in s.rows[:50]])
    yield Page("name_search", lambda: _search(*next(names)))
    numbers = cycle([(s, number) for s in samples for number in s.numbers[:50]])
    yield Page("nhs_number", lambda: _search(*next(numbers)))
    yield Page("person_page", lambda: _person(next(people)))
    yield Page("possible_duplicates", lambda: _alike(*next(names)))
    yield Page("family_home", lambda: _home(next(turn)))
    days = cycle([asker for s in samples for asker in (s.coordinator, *s.keyworkers)])
    yield Page("my_day", lambda: _get(next(days), "/"))
    walks = cycle([walk for pair in zip(*(s.walks for s in samples), strict=False) for walk in pair])
    yield Page("plan_page", lambda: _plan(*next(walks)))
    yield Page("actions_all", lambda: _get(next(turn).coordinator, "/actions/all"))
    yield Page("review_diary", lambda: _get(next(turn).coordinator, "/reviews/diary"))
    yield Page("review_breaches", lambda: _get(next(turn).coordinator, "/reviews/breaches"))
    yield Page("in_hospital", lambda: _get(next(turn).coordinator, "/hospital"))
    yield Page("meeting_agenda", lambda: _of(next(turn), "meeting"))
    yield Page("meeting_person", lambda: _of(next(turn), "talked_about"))
    yield Page("contact_saved", lambda: _contact(*next(walks)))
    entries = iter([(s, s.rows[n]) for n in range(len(samples[0].rows)) for s in samples if n < len(s.rows)])
    yield Page("save_rating", lambda: _rating(*next(entries)))


def _get(asker: Asker, path: str) -> tuple[Asker, Callable[[], Answer]]:
    return asker, lambda: asker.get(path)


def _of(sample: Sample, page: str) -> tuple[Asker, Callable[[], Answer]]:
    """As whoever runs the meeting."""
    return _get(sample.coordinator, getattr(sample, page))


def _person(found: tuple[Sample, int]) -> tuple[Asker, Callable[[], Answer]]:
    sample, number = found
    return _get(sample.coordinator, f"/people/{sample.rows[number % len(sample.rows)].reference}")


def _search(sample: Sample, text: str) -> tuple[Asker, Callable[[], Answer]]:
    return sample.coordinator, lambda: sample.coordinator.post("/register/find", {"q": text})


def _alike(sample: Sample, name: str) -> tuple[Asker, Callable[[], Answer]]:
    """What is asked while somebody is typed who may be known already."""
    form = {"family_name": name, "birth_date-day": "7", "birth_date-month": "3", "birth_date-year": "2014"}
    return sample.coordinator, lambda: sample.coordinator.post("/people/possible", form)


def _home(sample: Sample) -> tuple[Asker, Callable[[], Answer]]:
    """Beside the floor of staff: a family has no page that is as bare."""
    return sample.coordinator, lambda: sample.family.get(sample.family_page)


def mistyped(name: str) -> str:
    """One letter wrong, in the middle."""
    letters = list(name)
    for place in range(len(letters) // 2, len(letters)):
        if letters[place].lower() in SPOILT:
            letters[place] = SPOILT[letters[place].lower()]
            return "".join(letters)
    return name[:-1]


def _deep_page(asker: Asker) -> str:
    """The address of page 40, found as a person would: by 'next' from the first."""
    address = "/register"
    for _ in range(DEEP - 1):
        links = NEXT.findall(_ask_address(asker, address).body)
        if not links:
            return address
        address = html.unescape(links[-1])
        address = address if address.startswith("/") else f"/register{address}"
    return address


def _ask_address(asker: Asker, address: str) -> Answer:
    path, _, query = address.partition("?")
    return asker._ask("GET", path, query, b"")


def _follow(sample: Sample, address: str) -> tuple[Asker, Callable[[], Answer]]:
    return sample.coordinator, lambda: _ask_address(sample.coordinator, address)


def _plan(asker: Asker, reference: str) -> tuple[Asker, Callable[[], Answer]]:
    """In full, as the keyworker reads it."""
    return _get(asker, f"/people/{reference}/plan")


def _contact(asker: Asker, reference: str) -> tuple[Asker, Callable[[], Answer]]:
    """Three answers and a sentence, as from My day."""
    address = f"/people/{reference}/contact"
    form = _hidden(asker.get(address).body) | {"way": "phone", "with_whom": "family"}
    form |= {"outcome": "Rang to hear how the week was. Better than the last one.", "next": "/"}
    return asker, lambda: asker.post(address, form)


def _hidden(body: str) -> dict[str, str]:
    """The hidden fields of a form as a browser sends them."""
    form = {}
    for found in HIDDEN.findall(body):
        said = dict(ATTRIBUTE.findall(found))
        if said.get("name") and said["name"] != "csrfmiddlewaretoken":
            form[said["name"]] = html.unescape(said.get("value", ""))
    return form


def _rating(sample: Sample, row: RegisterRow) -> tuple[Asker, Callable[[], Answer]]:
    """The form as it is sent by a browser: its hidden fields, a colour and a reason."""
    address = f"/register/entries/{row.entry_id}/rate"
    hidden = _hidden(sample.coordinator.get(address).body)
    form: dict[str, Any] = {name: value for name, value in hidden.items() if not name.startswith("plan")}
    colour = Random(row.entry_id).choice(("amber", "green"))
    form |= {"colour": colour, "because": "Looked at together: what is in place is holding."}
    return sample.coordinator, lambda: sample.coordinator.post(address, form)
