"""Every address declares who may open it."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from alongside.foundation.access.protected import for_roles, open_to_all


def routes(patterns: list, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, where)
        else:
            yield where, pattern


def undeclared(patterns: list) -> list[str]:
    return [where for where, route in routes(patterns) if not getattr(route.callback, "protection", "")]


def unnamed(patterns: list) -> list[str]:
    return [where for where, route in routes(patterns) if not route.name]


def test_every_route_declares_its_protection() -> None:
    assert undeclared(get_resolver().url_patterns) == []


def test_every_route_has_a_name_of_its_own() -> None:
    found = list(routes(get_resolver().url_patterns))
    assert unnamed(get_resolver().url_patterns) == []
    names = [route.name for _, route in found]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_the_error_pages_declare_it_too() -> None:
    for status in (400, 403, 404, 500):
        assert get_resolver().resolve_error_handler(status).protection  # type: ignore[attr-defined]


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_a_view_without_a_declaration_turns_this_red() -> None:
    declared = [path("a", open_to_all(lambda request: bare(request)), name="a"), path("b", for_roles()(bare), name="b")]
    assert undeclared(declared) == []
    assert undeclared([*declared, path("c", bare, name="c")]) == ["c"]
    assert unnamed([path("d", bare)]) == ["d"]
