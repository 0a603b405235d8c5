"""An organisation's link: made by the register team, shown once, for one purpose, until its day."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.features.referrals.door import the_public_form
from alongside.features.referrals.doors.links import end_link, find_link, make_link, use_link
from alongside.features.referrals.models import LinkTry, OrganisationLink
from alongside.features.referrals.notices.tests.telling import FRIDAY, a_link, an_organisation
from alongside.features.referrals.tests.pressing import hidden, words
from alongside.foundation.access import context
from alongside.foundation.access.protected import NotNow, Refused
from alongside.foundation.recording.recording import recording
from alongside.overview.models import Duty
from tests.cast import Area, acting_as

pytestmark = pytest.mark.django_db
NOTICE = OrganisationLink.WhatFor.NOTICE


def test_a_link_opens_one_thing_until_its_last_moment(northmoor: Area) -> None:
    link, token = a_link(northmoor, at=FRIDAY, days=10)
    end = FRIDAY + timedelta(days=10)
    assert find_link(token, NOTICE, end - timedelta(microseconds=1)) == link
    assert find_link(token, NOTICE, end) is None
    assert find_link(token, "alert", FRIDAY) is None
    assert find_link(token[:-1] + ("A" if token[-1] != "A" else "B"), NOTICE, FRIDAY) is None
    assert find_link("", NOTICE, FRIDAY) is None
    with context.as_engine():
        tried = list(LinkTry.objects.order_by("id").values_list("outcome", flat=True))
    assert tried == ["opened", "expired", "other"], "an invented one leaves nothing"


def test_a_link_that_counts_once_is_used_up(northmoor: Area) -> None:
    link, token = a_link(northmoor, once=True)
    with context.asking_with(token), recording(by=link.acts_as, at=FRIDAY) as note:
        use_link(note, link=link)
        note("test.used", words="Used.", icb_id=link.icb_id)
    assert find_link(token, NOTICE, FRIDAY) is None
    with pytest.raises(NotNow), context.asking_with(token), recording(by=link.acts_as, at=FRIDAY) as note:
        use_link(note, link=link)


def test_an_ended_link_opens_nothing(northmoor: Area) -> None:
    link, token = a_link(northmoor)
    with acting_as(northmoor.actors["coordinator"], FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        end_link(note, link=link, by=me)
    assert find_link(token, NOTICE, FRIDAY) is None


def test_only_the_register_team_of_the_area_makes_links(northmoor: Area, saltby: Area) -> None:
    organisation = an_organisation()
    given = {"icb_id": northmoor.icb.pk, "organisation": organisation, "what_for": "notice"}
    for actor in (northmoor.actors["manager"], northmoor.actors["keyworker"], saltby.actors["coordinator"]):
        with pytest.raises(Refused), acting_as(actor, FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
            make_link(note, **given, expires_at=FRIDAY + timedelta(days=1), by=me)


def test_the_database_shows_a_link_to_the_team_and_to_its_own_key_only(northmoor: Area, saltby: Area) -> None:
    link, token = a_link(northmoor)
    a_link(northmoor)
    with context.asking_with(token):
        assert list(OrganisationLink.objects.values_list("pk", flat=True)) == [link.pk]
    with context.asking_with("z" * 43):
        assert not OrganisationLink.objects.exists()
    for role in ("manager", "keyworker", "commissioner", "governance", "partner_health", "family"):
        with acting_as(northmoor.actors[role], FRIDAY):
            assert not OrganisationLink.objects.exists(), role
    with acting_as(saltby.actors["coordinator"], FRIDAY):
        assert not OrganisationLink.objects.exists()
    with acting_as(northmoor.actors["coordinator"], FRIDAY):
        assert OrganisationLink.objects.count() == 2


def test_nobody_makes_a_link_in_anothers_name_or_opens_one_again_by_its_key(northmoor: Area) -> None:
    link, token = a_link(northmoor)
    values = {field.attname: getattr(link, field.attname) for field in OrganisationLink._meta.concrete_fields[1:]}
    values |= {"made_by_id": northmoor.actors["manager"].pk, "token_digest": b"other"}
    coordinator = northmoor.actors["coordinator"]
    with pytest.raises(ProgrammingError), acting_as(coordinator, FRIDAY) as me, recording(by=me, at=FRIDAY):
        OrganisationLink.objects.create(**values)
    with context.asking_with(token), transaction.atomic():
        assert not OrganisationLink.objects.update(expires_at=FRIDAY + timedelta(days=999))


def test_a_link_acts_as_nobody_but_an_identity_of_its_organisation(northmoor: Area) -> None:
    """By straight statements of a coordinator: as the manager, the public form, or another ward's identity."""
    link, _ = a_link(northmoor)
    other, _ = a_link(northmoor, at=FRIDAY - timedelta(days=31))
    values = {field.attname: getattr(link, field.attname) for field in OrganisationLink._meta.concrete_fields[1:]}
    wrong = (northmoor.actors["manager"], northmoor.actors["coordinator"], the_public_form(), other.acts_as)
    coordinator = northmoor.actors["coordinator"]
    for number, actor in enumerate(wrong):
        made = values | {"acts_as_id": actor.pk, "token_digest": b"wrong %d" % number}
        with pytest.raises(ProgrammingError), acting_as(coordinator, FRIDAY) as me, recording(by=me, at=FRIDAY):
            OrganisationLink.objects.create(**made)
    with acting_as(coordinator, FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        OrganisationLink.objects.create(**values | {"token_digest": b"right"})
        note("test.made", words="Made.", icb_id=link.icb_id)


@pytest.mark.parametrize(
    "changed",
    ["acts_as_id", "token_digest", "what_for", "organisation_id", "expires_at", "once", "used_at", "made_by_id"],
)
def test_of_a_link_only_its_end_is_changed_by_hand(northmoor: Area, changed: str) -> None:
    link, _ = a_link(northmoor)
    to = {
        "acts_as_id": northmoor.actors["manager"].pk, "token_digest": b"mine", "what_for": "alert", "once": True,
        "organisation_id": northmoor.icb.pk, "expires_at": FRIDAY + timedelta(days=999), "used_at": FRIDAY,
        "made_by_id": northmoor.actors["manager"].pk,
    }  # fmt: skip
    ended = {"ended_at": FRIDAY, "ended_by_id": northmoor.actors["coordinator"].pk}
    for more in ({}, ended):
        with (
            pytest.raises(ProgrammingError),
            acting_as(northmoor.actors["coordinator"], FRIDAY) as me,
            recording(by=me, at=FRIDAY),
        ):
            OrganisationLink.objects.filter(pk=link.pk).update(**{changed: to[changed]}, **more)


def test_a_link_that_was_ended_is_not_opened_again_by_hand(northmoor: Area) -> None:
    link, _ = a_link(northmoor)
    coordinator = northmoor.actors["coordinator"]
    with acting_as(coordinator, FRIDAY) as me, recording(by=me, at=FRIDAY) as note:
        end_link(note, link=link, by=me)
    with pytest.raises(ProgrammingError), acting_as(coordinator, FRIDAY) as me, recording(by=me, at=FRIDAY):
        OrganisationLink.objects.filter(pk=link.pk).update(ended_at=None, ended_by_id=None)


def test_only_the_door_writes_that_a_link_was_tried(northmoor: Area) -> None:
    link, token = a_link(northmoor)
    key_holders = (acting_as(northmoor.actors["coordinator"], FRIDAY), context.asking_with(token))
    for asking in key_holders:
        with pytest.raises(ProgrammingError), asking, transaction.atomic():
            LinkTry.objects.create(link=link, at=FRIDAY, outcome="expired")
    assert find_link(token, NOTICE, FRIDAY) == link
    with acting_as(northmoor.actors["coordinator"], FRIDAY):
        assert [one.outcome for one in LinkTry.objects.all()] == ["opened"]


def test_the_same_ward_keeps_its_name_through_new_links(northmoor: Area) -> None:
    organisation = an_organisation()
    first, _ = a_link(northmoor, organisation=organisation, unit="Willow Ward")
    second, _ = a_link(northmoor, organisation=organisation, unit="Willow Ward")
    other, _ = a_link(northmoor, organisation=organisation, unit="Elm Ward")
    assert first.acts_as == second.acts_as != other.acts_as


def renewals() -> list[tuple[int, Any, Any]]:
    with context.as_engine():
        found = Duty.objects.filter(rule_key="link_renewed")
        return [(duty.subject_id, duty.shows_from.date(), duty.due.date()) for duty in found]


def test_a_link_is_renewed_before_it_ends_and_a_newer_one_does_it(northmoor: Area) -> None:
    organisation = an_organisation()
    link, _ = a_link(northmoor, organisation=organisation, at=FRIDAY, days=30)
    last = (FRIDAY + timedelta(days=30)).date()
    assert renewals() == [(link.pk, last - timedelta(days=14), last)]
    newer, _ = a_link(northmoor, organisation=organisation, at=FRIDAY, days=60)
    assert [number for number, _, _ in renewals()] == [newer.pk]
    a_link(northmoor, "school_ask", at=FRIDAY)
    a_link(northmoor, "notice", at=FRIDAY, once=True)
    assert len(renewals()) == 1


def test_the_page_makes_a_link_shows_it_once_and_ends_it(northmoor: Area, as_: Callable[[str], Client]) -> None:
    organisation = an_organisation("Northmoor Hospital")
    coordinator = as_("coordinator")
    sent = hidden(coordinator.get("/links/make")) | {
        "what_for": "notice", "organisation": organisation.pk, "unit": "Willow Ward",
        "expires_on-day": "6", "expires_on-month": "3", "expires_on-year": "2027",
    }  # fmt: skip
    made = coordinator.post("/links/make", sent)
    (token,) = re.findall(r"/notice/([A-Za-z0-9_-]{43})", words(made))
    assert Client().get(f"/notice/{token}").status_code == 200
    again = coordinator.post("/links/make", sent)
    assert again.status_code == 302, "the same form twice makes one"
    page = words(coordinator.get("/links"))
    assert "Willow Ward, Northmoor Hospital" in page and token not in page
    with context.as_engine():
        link = OrganisationLink.objects.get()
    end = f"/links/{link.pk}/end"
    assert coordinator.post(end, hidden(coordinator.get(end))).status_code == 302
    assert Client().get(f"/notice/{token}").status_code == 404
    page = words(coordinator.get("/links"))
    assert "In vain" in page and "once, last" in page
    for role in ("manager", "keyworker", "partner_health", "admin"):
        assert as_(role).get("/links").status_code == 403, role


def test_an_organisation_is_looked_for_among_the_kinds_that_tell_this(
    northmoor: Area, as_: Callable[[str], Client]
) -> None:
    trust, other = an_organisation("Hill and Dale NHS Trust"), an_organisation("Mill NHS Trust")
    school = an_organisation("Hill School", "school")
    coordinator, here = as_("coordinator"), "/links/make"
    first = coordinator.get(here)
    assert trust.name not in words(first) and "Find it by name first" in words(first)
    find = hidden(first) | {"step": "find", "look_for": "hill", "unit": "Willow Ward"}
    found = words(coordinator.post(here, find | {"what_for": "alert"}))
    assert trust.name in found and school.name not in found and other.name not in found
    assert "Willow Ward" in found and "There is a problem" not in found
    assert school.name in words(coordinator.post(here, find | {"what_for": "change"}))
    wrong = hidden(first) | {"what_for": "alert", "organisation": school.pk}
    assert coordinator.post(here, wrong).status_code == 422, "a school sends no alert"
    with context.as_engine():
        assert not OrganisationLink.objects.exists()
    a_link(northmoor, "alert", organisation=other)
    again = words(coordinator.post(here, hidden(first) | {"step": "find", "what_for": "alert"}))
    assert other.name in again and trust.name not in again, "whoever has had one stands there at once"


@pytest.mark.parametrize(("what_for", "kind"), [("notice", "provider"), ("alert", "provider"), ("change", "school")])
def test_the_link_that_is_handed_out_opens_the_page_that_it_is_for(
    northmoor: Area, as_: Callable[[str], Client], what_for: str, kind: str
) -> None:
    organisation = an_organisation("Hill and Dale", kind)
    sent = hidden(as_("coordinator").get("/links/make")) | {
        "what_for": what_for, "organisation": organisation.pk,
        "expires_on-day": "6", "expires_on-month": "9", "expires_on-year": "2026",
    }  # fmt: skip
    made = unescape(words(as_("coordinator").post("/links/make", sent)))
    assert str(OrganisationLink.WhatFor(what_for).label) in made
    handed_out = re.search(r"http://[^/]+(/\w+/[\w-]{43})", made)
    assert handed_out, made
    page = Client().get(handed_out[1])
    assert page.status_code == 200 and organisation.name in words(page)


@pytest.mark.parametrize(("years", "taken"), [(2, True), (114, False)])
def test_a_link_is_made_for_two_years_at_most(
    northmoor: Area, as_: Callable[[str], Client], years: int, taken: bool
) -> None:
    organisation = an_organisation()
    sent = hidden(as_("coordinator").get("/links/make")) | {
        "what_for": "notice", "organisation": organisation.pk,
        "expires_on-day": "6", "expires_on-month": "3", "expires_on-year": str(2026 + years),
    }  # fmt: skip
    answer = as_("coordinator").post("/links/make", sent)
    assert answer.status_code == (200 if taken else 422)
    assert taken or "6 March 2028 or earlier" in words(answer)


@pytest.mark.parametrize("many", [1, 6])
def test_the_list_takes_few_statements_whatever_its_size(
    northmoor: Area, as_: Callable[[str], Client], many: int
) -> None:
    for _ in range(many):
        a_link(northmoor)
    coordinator = as_("coordinator")
    with CaptureQueriesContext(connection) as asked:
        coordinator.get("/links")
    assert len(asked) <= 6, [one["sql"][:90] for one in asked]
