"""Only `foundation/clock.py` reads the clock: everything else is handed a time, so that any day can be tested."""

import ast

from tests.guards.sources import named, product_code

READERS = {"now", "today", "utcnow", "localtime", "localdate", "time", "time_ns", "gmtime"}
CLOCKS = {"datetime", "date", "timezone", "time", "dt"}
ALLOWED = {
    "alongside/foundation/clock.py": "it is the clock",
    "alongside/foundation/launcher/": "waits for servers, and knows nothing of the service",
    "alongside/config/management/commands/bench.py": "measures how long pages take",
}


def readings(code: ast.AST) -> list[int]:
    """Lines that ask a clock other than ours."""
    lines = [
        node.lineno
        for node in ast.walk(code)
        if isinstance(node, ast.Attribute)
        and node.attr in READERS
        and isinstance(node.value, ast.Name)
        and node.value.id in CLOCKS
    ]
    lines += [
        node.value.lineno
        for node in ast.walk(code)
        if isinstance(node, ast.keyword) and node.arg in ("auto_now", "auto_now_add")
    ]
    return sorted(lines)


def test_nothing_but_the_clock_reads_the_clock() -> None:
    found = {named(path): readings(ast.parse(path.read_text())) for path in product_code()}
    wrong = {path: lines for path, lines in found.items() if lines and not path.startswith(tuple(ALLOWED))}
    assert wrong == {}


def test_reading_the_clock_elsewhere_turns_this_red() -> None:
    assert readings(ast.parse("at = datetime.now(UTC)")) == [1]
    assert readings(ast.parse("default=timezone.now")) == [1]
    assert readings(ast.parse("\nday = date.today()")) == [2]
    assert readings(ast.parse("Field(auto_now_add=True)")) == [1]
    assert readings(ast.parse("at = clock.now(); day = at.date()")) == []
