"""Only operations write. A page, a query or a form that changed rows would do so unrecorded or on a GET."""

import ast
import re
from pathlib import Path

from tests.guards.sources import named, product_code

READING = re.compile(
    r"(^|/)(views|queries|forms|text|access|urls|lifecycle|shell|errors|looks)(\.py|/)|_(views|queries)\.py$|/portal/"
)
ALWAYS = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_ROWS = {"create", "update", "delete"}
ROWS = re.compile(r"\.objects\b|\.filter\(|\.exclude\(|\.all\(")
WRITING_SQL = re.compile(r"^\s*(insert\s+into|update\s+\w+\s+set|delete\s+from)\b", re.I)
ALLOWED = {
    "alongside/foundation/recording/looks.py": "the look record is the one write of a GET",
    "alongside/features/register/saved_views.py": "saving a view of the list is what it does",
    "alongside/foundation/access/": "the room that is called access, not a file of checks",
}


def writes(code: ast.AST) -> list[int]:
    lines = []
    for node in ast.walk(code):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name, receiver = node.func.attr, ast.unparse(node.func.value)
            if name in ALWAYS or (name in ON_ROWS and ROWS.search(receiver)):
                lines.append(node.lineno)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and WRITING_SQL.match(node.value):
            lines.append(node.lineno)
    return sorted(lines)


def is_for_reading(path: Path) -> bool:
    return bool(READING.search(named(path))) and not named(path).startswith(tuple(ALLOWED))


def test_only_operations_write() -> None:
    found = {named(path): writes(ast.parse(path.read_text())) for path in product_code() if is_for_reading(path)}
    assert len(found) > 10, "the guard must see the files it guards"
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_a_write_in_a_view_turns_this_red() -> None:
    assert writes(ast.parse("Person.objects.filter(pk=1).update(name='x')")) == [1]
    assert writes(ast.parse("person.save()")) == [1]
    assert writes(ast.parse("Person.objects.create()")) == [1]
    assert writes(ast.parse("cursor.execute('insert into people_person (id) values (1)')")) == [1]
    assert writes(ast.parse("context.update(form=form); chosen = {}.update()")) == []
