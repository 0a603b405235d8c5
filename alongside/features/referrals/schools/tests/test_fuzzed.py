"""Whatever is sent to the link of a school or ward: a page or a sentence, no fault, and nothing that is somebody's."""

import random
from collections import Counter

import pytest
from django.test import Client

from alongside.features.referrals import limits
from alongside.features.referrals.codes import digest_of
from alongside.features.referrals.doors.links import end_link, make_link, use_link
from alongside.features.referrals.doors.models import LinkTry, OrganisationLink
from alongside.features.referrals.schools.forms import ToldForm
from alongside.features.referrals.schools.forms_answer import AskedForm, ThemForm, WhoForm, WorryForm, YearForm
from alongside.features.referrals.schools.tests.asking import (
    HILL,
    KAI,
    MILL,
    TUESDAY,
    ask_of,
    asked,
    goes_through,
    link_of,
    seen,
)
from alongside.features.referrals.schools.tests.test_telling import link
from alongside.features.referrals.tests.test_asking_fuzzed import JUNK
from alongside.foundation import clock
from alongside.foundation.access import context
from alongside.foundation.recording.recording import recording
from tests.cast import Area, acting_as, add_registered

pytestmark = pytest.mark.django_db
#: After the next term's question was asked: by then the links of this one are too old.
LATER = TUESDAY.replace(month=7)
SECRETS = ("Gwendolyn", "Quillfeather", "9991234527", "Traceback", "psycopg", "django.")
PAGES = {"": WhoForm, "/1/asked": AskedForm, "/1/year": YearForm, "/1/them": ThemForm, "/1/worry": WorryForm}


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is the answers that are tried, not how often."""
    for name in ("SEND", "KEEP"):
        monkeypatch.setattr(limits, name, limits.Limit(name, 10**6, 60))


def names_of(form: type) -> list[str]:
    fields = form().fields
    dates = [f"{name}-{part}" for name in fields if name.endswith("date") for part in ("day", "month", "year")]
    return [*fields, *dates, "seen", "back", "before"]


def test_forms_with_junk(area: Area, capsys: pytest.CaptureFixture) -> None:
    add_registered(area, given_name="Gwendolyn", family_name="Quillfeather", nhs_number="9991234527")
    asked(area)
    pick = random.Random(11)
    counted: Counter[int] = Counter()
    wrong: list[str] = []
    visitor, base, other = Client(), link_of(HILL), link(area)
    doors = [*((base + rest, form) for rest, form in PAGES.items()), (other, ToldForm)]
    for at, form in doors * 6:
        sent = {name: pick.sample(JUNK, 1 + pick.randrange(2)) for name in names_of(form)}
        if at.endswith("asked"):
            sent["agreed"] = [pick.choice(["given", "not_asked", "refused", "x"])]
        for answer in (visitor.post(at, sent), visitor.get(base + "/check"), visitor.get(at + "?before=x%00&back=y")):
            counted[answer.status_code] += 1
            page = answer.content.decode()
            wrong += [f"{at}: {secret}" for secret in SECRETS if secret in page]
            wrong += [f"{at}: {answer.status_code}"] if answer.status_code >= 500 else []
            if answer.status_code == 422 and "There is a problem" not in page:
                wrong.append(f"{at}: refused without a sentence")
    with capsys.disabled():
        print(f"\nschools, forms with junk: {sum(counted.values())} tried, {dict(counted)}, {len(wrong)} wrong")
    assert wrong == []


@pytest.mark.parametrize("rest", ["/21/asked", "/0/asked", "/1/nothing", "/1/them", "/99999999999999999999/asked"])
def test_a_page_that_is_not_asked_is_not_there(area: Area, rest: str) -> None:
    asked(area)
    assert Client().get(link_of(HILL) + rest).status_code == 404


def test_guessed_forged_and_ended_links_read_alike_and_are_counted(area: Area) -> None:
    asked(area)
    good = link_of(HILL).rsplit("/", 1)[-1]
    tried = ["x" * 43, good[:-1], good[:-1] + ("A" if good[-1] != "A" else "B"), "..%2f" + good, "%00" * 43]
    pages = {Client().get(f"/schools/ask/{token}").content.decode().split("</h1>")[-1][:400] for token in tried[:3]}
    assert len(pages) == 1
    statuses = [Client().get(f"/schools/ask/{token}").status_code for token in tried for _ in range(5)]
    assert set(statuses) <= {404, 429}
    assert 429 in statuses
    assert Client().get(f"/schools/ask/{good}").status_code == 200


def test_ended_used_and_borrowed_links_read_like_a_forged_one_and_so_does_one_that_is_too_old(
    area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(area)
    good, ended, borrowed = (at.rsplit("/", 1)[-1] for at in (link_of(HILL), link_of(MILL), link(area)))
    with acting_as(area.actors["coordinator"], TUESDAY) as me, recording(by=me, at=TUESDAY) as note:
        end_link(note, link=OrganisationLink.objects.get(token_digest=digest_of(ended)), by=me)
        school = ask_of(HILL.name).organisation
        once, used = make_link(
            note, icb_id=area.icb.pk, organisation=school, what_for="school_ask", expires_at=LATER, by=me, once=True
        )
        use_link(note, link=once)
    read_like_a_forged_one(ended, used, borrowed)
    assert Client().get(f"/schools/ask/{good}").status_code == 200
    monkeypatch.setattr(clock, "now", lambda: LATER)
    read_like_a_forged_one(good)
    with context.as_engine():
        tried = set(LinkTry.objects.values_list("outcome", flat=True))
    assert tried == {"ended", "used", "other", "opened", "expired"}


def read_like_a_forged_one(*tokens: str) -> None:
    for rest in ("", "/check", "/sent"):
        forged = Client().get(f"/schools/ask/{'x' * 43}{rest}")
        pages = [Client().get(f"/schools/ask/{token}{rest}") for token in tokens]
        assert {(page.status_code, page.content) for page in pages} == {(404, forged.content)}


def test_more_than_a_page_can_need_is_said(area: Area) -> None:
    asked(area)
    visitor, base = Client(), link_of(HILL)
    answer = visitor.post(base, {"by_name": "x" * 60_000, "worried": "yes"})
    assert answer.status_code == 422
    assert "too much for one page" in answer.content.decode()


def test_keeping_and_sending_too_often_is_said_and_nothing_is_lost(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    asked(area)
    visitor, base = Client(), link_of(MILL)
    page = goes_through(visitor, base, KAI)
    monkeypatch.setattr(limits, "SEND", limits.Limit("SEND-few", 0, 60))
    answer = visitor.post(f"{base}/check", {"seen": seen(page)})
    assert answer.status_code == 429
    assert "Kai Moss" in answer.content.decode()
    monkeypatch.setattr(limits, "KEEP", limits.Limit("KEEP-few", 0, 60))
    answer = visitor.post(f"{base}/1/worry", {"words": "Typed words"})
    assert answer.status_code == 429
    assert "Typed words" in answer.content.decode()
