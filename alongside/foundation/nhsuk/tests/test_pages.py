"""The frame, the components and the error pages draw with what they are given, and with nothing."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.template.loader import get_template
from django.test import RequestFactory
from jinja2 import UndefinedError
from jinja2.runtime import Macro

from alongside.foundation.nhsuk import shell
from alongside.foundation.nhsuk.gallery import gallery_context
from alongside.foundation.nhsuk.shell import NavItem, PageShell
from alongside.foundation.nhsuk.tests.page import Page

TODAY = date(2026, 1, 12)
SHELL = PageShell(
    organisation="Northmoor ICB",
    demo=True,
    signed_in_name="Priya Raman",
    role_label="Register coordinator",
    nav=(NavItem("My day", "/"), NavItem("Register", "/register", current=True, count=7)),
    search_url="/people/find",
    sign_out_url="/out",
    footer=(NavItem("Help", "/help"),),
    today=TODAY,
)


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def nobody_is_signed_in(monkeypatch):
    """The frame knows nobody, unless a test makes it from a PageShell of its own."""
    monkeypatch.setattr(shell, "_maker", lambda: lambda request: PageShell())


@pytest.fixture
def as_page(monkeypatch):
    """Makes the frame of every page from the given PageShell."""
    monkeypatch.setattr(shell, "_maker", lambda: lambda request: request.shell)

    def draw(name, context=None, page=SHELL):
        request = RequestFactory().get("/somewhere")
        request.shell = page
        return Page(get_template(name).render(context or {}, request=request))

    return draw


def component(source: str, **context) -> Page:
    template = engines["jinja2"].from_string('{% import "components.html" as c %}' + source)
    return Page(template.render(context))


def test_the_gallery_draws_every_component_with_no_id_twice(as_page):
    page = as_page("gallery.html", gallery_context(TODAY))
    assert page.repeated_ids() == set()
    assert page.names_of_missing_ids() == set()


def test_nothing_on_a_page_is_inline(as_page):
    page = as_page("gallery.html", gallery_context(TODAY))
    assert page.all("style") == []
    assert all(script["src"].startswith("/static/") for script in page.all("script"))
    assert not [found for _, found in page.elements if "style" in found or any(a.startswith("on") for a in found)]


def test_the_gallery_shows_every_component():
    environment = engines["jinja2"].env
    components = vars(get_template("components.html").template.module)
    names = {name for name, made in components.items() if isinstance(made, Macro)}
    source, *_ = environment.loader.get_source(environment, "gallery.html")
    in_the_frame_or_in_forms = {"skip_link", "password_input"}
    assert {name for name in names if f"{name}(" not in source} == in_the_frame_or_in_forms


def test_the_frame_says_whose_service_it_is_and_who_is_signed_in(as_page):
    words = as_page("errors/404.html").words
    assert "Northmoor ICB" in words
    assert "Priya Raman" in words
    assert "Register coordinator" in words
    assert "Demonstration: invented people." in words


def test_the_part_of_the_service_one_is_in_is_marked(as_page):
    assert as_page("errors/404.html").one("a", **{"aria-current": "page"})["href"] == "/register"


def test_there_is_no_demonstration_banner_on_the_real_thing(as_page):
    assert "Demonstration" not in as_page("errors/404.html", page=PageShell()).words


def test_the_nhs_logo_is_there_only_by_setting(as_page):
    neutral = as_page("errors/404.html")
    nhs = as_page("errors/404.html", page=PageShell(brand="nhs"))
    assert neutral.one("link", rel="stylesheet")["href"] == "/static/alongside.css"
    assert nhs.one("link", rel="stylesheet")["href"] == "/static/alongside-nhs.css"
    assert not [s for s in neutral.all("svg") if s["class"] == "nhsuk-header__logo"]
    assert [s for s in nhs.all("svg") if s["class"] == "nhsuk-header__logo"]


def test_the_title_of_a_page_with_problems_begins_with_error(as_page):
    assert as_page("gallery.html", gallery_context(TODAY)).words.startswith("Error: Components - Alongside")
    assert as_page("errors/404.html").words.startswith("We cannot find that page - Alongside")


@pytest.mark.parametrize("name", ["400", "403", "404", "409", "500", "503", "stale_form"])
def test_an_error_page_draws_with_no_context_at_all(name):
    page = Page(get_template(f"errors/{name}.html").render())
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("name", ["400", "500", "503", "stale_form"])
def test_an_error_page_of_ours_asks_nobody_who_is_signed_in(name, monkeypatch):
    def away(request):
        raise AssertionError("the database is away")

    monkeypatch.setattr(shell, "_maker", lambda: away)
    get_template(f"errors/{name}.html").render({}, request=RequestFactory().get("/"))


def test_a_refusal_gives_its_reason(as_page):
    assert (
        "Only the panel may do this." in as_page("errors/403.html", {"sentence": "Only the panel may do this."}).words
    )


def test_a_form_sent_while_the_database_is_away_can_be_sent_again():
    request = RequestFactory().post("/people/7/rating")
    html = get_template("errors/503.html").render({"typed": [("why", "<b>")]}, request=request)
    assert Page(html).one("form")["action"] == "/people/7/rating"
    assert Page(html).one("input", name="why")["value"] == "<b>"


def test_a_form_that_was_refused_is_shown_to_copy_and_not_sent_again():
    request = RequestFactory().post("/people/7/rating")
    page = Page(get_template("errors/stale_form.html").render({"typed": [("why", "because")]}, request=request))
    assert "because" in page.words
    assert page.all("form") == []


def test_a_rating_is_a_word_as_well_as_a_colour():
    assert "Red" in component('{{ c.colour_tag("red") }}').words
    assert "Not rated" in component('{{ c.colour_tag("") }}').words


DUTY = '{{ c.duty_card("Review", "Because.", due, "Register team", state, today, timed=timed) }}'


def test_a_late_duty_says_that_it_was_due():
    words = component(DUTY, due=date(2026, 1, 9), state="late", today=TODAY, timed=False).words
    assert "Late" in words
    assert "Was due 9 January 2026 , 3 days ago" in words


def test_a_duty_by_the_hour_says_the_hour():
    words = component(DUTY, due=datetime(2026, 1, 12, 15, 5, tzinfo=UTC), state="due", today=TODAY, timed=True).words
    assert "Due 12 January 2026 at 3:05pm , today" in words


def test_who_somebody_is_comes_before_their_rating():
    words = component('{{ c.person_banner("Ayaan Hale", preferred_name="Zee", rating="red") }}').words
    assert words.index("Ayaan Hale") < words.index("Zee") < words.index("Red")
    assert "NHS number not known" in words
    assert "Nothing is written down yet" in words


def test_a_list_with_no_further_pages_has_no_page_links():
    assert component('{{ c.pagination("", "") }}').elements == []
    assert [a["rel"] for a in component('{{ c.pagination("", "/n") }}').all("a")] == ["next"]


def test_text_is_never_markup():
    assert component("{{ c.inset(text) }}", text="<img src=x>").all("img") == []


def test_a_name_that_is_not_there_is_an_error():
    with pytest.raises(UndefinedError):
        component("{{ no_such_name }}")
