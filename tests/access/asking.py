"""Every address of the product with something real behind it, and a way to ask as any member of the cast."""

import logging
import re
from collections.abc import Iterator
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter

from alongside.foundation.access.roles import Role
from alongside.overview.rules_pages import PACKS, SETTABLE
from tests.access.world import World
from tests.cast import key_of
from tests.guards.test_routes import routes

ABOUT_A_PERSON = {"reference", "entry_id", "stay_id", "duty_id", "fact_id"}
SUBJECTS = ("agreed", "unconfirmed", "restricted", "moved", "neighbour")
# What stands on the other end of a network can't be asked here.
ELSEWHERE = {"openid_connect_login": "asks the national sign-in", "openid_connect_callback": "comes from it"}
REFUSALS = logging.getLogger("django.request")
NO_SUCH = UUID("00000000-0000-4000-8000-000000000000")
# Addresses whose number is not of a circumstance, and not of a row that there never was.
OF_THEIR_OWN = {
    ("told_answer", "fact_id"): "change",
    ("document", "pk"): "document",
    ("document_file", "pk"): "document",
    ("document_page", "pk"): "document",
}
CONVERTER = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(world: World, subjects: tuple[str, ...] = SUBJECTS) -> Iterator[tuple[str, str]]:
    """(what it is called, address) of every route, once for each person it can be about."""
    for where, route in routes(get_resolver().url_patterns):
        if route.name in ELSEWHERE:
            continue
        for subject in subjects if set(route.pattern.converters) & ABOUT_A_PERSON else ("",):
            name = CONVERTER.sub(lambda found: f"<{found[1].removesuffix('_id')}>", where) or "/"
            address = reverse(str(route.name), kwargs=arguments(world, route, subject))
            yield f"{name} [{subject}]" if subject else name, address


def arguments(world: World, route: URLPattern, subject: str) -> dict[str, object]:
    known: dict[str, object] = {
        "view_id": world.view.pk,
        "run_id": world.run.pk,
        "row_id": world.run_row.pk,
        "pk": 0,
        "key": sorted(SETTABLE)[0],
        "pack": sorted(PACKS)[0],
        "what": "circumstance",
        "secret": "THERE-WAS-NEVER-SUCH-A-LINK",
        "relation_id": 0,
        "message": "THERESNOSUCH",
        "referral_id": world.referral.pk,
        "doing": "ask",
        "letter_id": 0,
        "step_id": 0,
        "number": 0,
        "way": "me",
        "slug": "name",
        "asked": "R-AAAA-2222",
        "question": 0,
        "rule": "age_to",
        "actor": 1,
    }
    if subject:
        rows = world.subjects[subject].rows
        known |= rows | {"reference": world.subjects[subject].person.reference}
        known |= {wanted: rows[kind] for (name, wanted), kind in OF_THEIR_OWN.items() if route.name == name}
    missing = set(route.pattern.converters) - set(known)
    assert not missing, f"say in `arguments` what stands for {missing} in {route.pattern}"
    known |= {name: NO_SUCH for name, kind in route.pattern.converters.items() if isinstance(kind, UUIDConverter)}
    return {name: known[name] for name in route.pattern.converters if name not in (route.default_args or {})}


class Asker:
    """Members of the cast, each with a key. What a request changes is undone, so all ask about the same world."""

    def __init__(self, world: World) -> None:
        self.keys = {"nobody": ""} | {role: key_of(world.here.actors[role]) for role in Role.values}
        self.keys["neighbour"] = key_of(world.there.actors["coordinator"])
        self.client = Client(raise_request_exception=False)

    def ask(self, who: str, method: str, address: str, data: dict | None = None) -> HttpResponse:
        self.client.cookies.clear()
        if self.keys[who]:
            self.client.cookies[settings.KEY_COOKIE] = self.keys[who]
        # Refusals are what is asked for here: the log would be full of them.
        REFUSALS.disabled = True
        try:
            with transaction.atomic():
                answer = getattr(self.client, method)(address, data)
                transaction.set_rollback(True)
        finally:
            REFUSALS.disabled = False
        return answer
