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
from alongside.policy.stepping_down import CRITERIA
from tests.access.meetings import meeting_of
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
    ("action", "number"): "action",
    ("action_correct", "number"): "action",
    ("action_step", "number"): "action",
    ("plan_goal_score", "fact_id"): "goal",
    ("plan_goal_end", "fact_id"): "goal",
    ("mine_goal_score", "fact_id"): "goal",
    ("escalation_of", "number"): "escalation",
    ("escalation_step", "number"): "escalation",
    ("refusal", "number"): "refusal",
    ("planned_review", "number"): "planned",
    ("planned_review_step", "number"): "planned",
    ("review_agreement", "number"): "planned",
    ("seat_member", "number"): "planned",
    ("seat_answer", "number"): "planned",
    ("seat_settle", "number"): "planned",
    ("seat_vouch", "number"): "planned",
    ("seat_link", "number"): "planned",
    ("seat_leave", "number"): "planned",
    ("review_invite", "number"): "planned",
    ("review_invite_answer", "number"): "planned",
    ("review_checks", "number"): "planned",
    ("add_review_paper", "number"): "planned",
    ("review_paper", "number"): "planned",
    ("take_paper_back", "number"): "planned",
    ("review_calendar", "number"): "planned",
    ("planner_booklet", "number"): "planned",
    ("concern", "number"): "concern",
    ("concern_deed", "number"): "concern",
    ("concern_action", "number"): "concern",
    ("visit", "number"): "visit",
    ("visit_action", "number"): "visit",
    ("dispute", "number"): "dispute",
    ("dispute_deed", "number"): "dispute",
    ("funding", "number"): "funding",
    ("funding_deed", "number"): "funding",
    ("funding_body", "number"): "funding",
    ("placement", "number"): "placement",
    ("placement_deed", "number"): "placement",
    ("placement_place", "number"): "placement",
    ("placement_answer", "number"): "placement",
    ("funding_body", "fact_id"): "funding_part",
    ("placement_answer", "fact_id"): "placement_search",
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
        "token": "there-was-never-such-a-link",
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
        "receipt": "N-AAAA-2222",
        "question": 0,
        "rule": "age_to",
        "kind": "story",
        "step": "there",
        "actor": 1,
        "plan_id": 0,
        "line_id": 0,
        "school_id": 0,
        "ask_id": 0,
        "worry_id": 0,
        "told_id": 0,
        "record_id": 0,
        "worker": 0,
        "contact": 0,
        "promise": 0,
        "period": 0,
        "appointment": 0,
        "ward_id": 0,
        "leave_id": 0,
        "segregation_id": 0,
        "notice_id": 0,
        "file_id": 0,
        "review_id": 0,
        "recipient": 0,
        "case": 0,
        "member": 0,
        "invited": 0,
        "paper": 0,
        "version": 1,
        "face": "full",
        "line": "safe",
        "deed": "lead",
        "code": CRITERIA[0][0],
    }
    if subject:
        rows = world.subjects[subject].rows
        known |= rows | {"reference": world.subjects[subject].person.reference}
        known |= {wanted: rows[kind] for (name, wanted), kind in OF_THEIR_OWN.items() if route.name == name}
    if str(route.pattern).startswith("meetings/<"):
        known |= meeting_of(world)
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
