"""Nobody who has something is passed by because they aren't marked."""

import re
from dataclasses import fields

import pytest
from django.apps import apps

from alongside.overview.engine.pieces import PIECES, text_of
from alongside.policy.facts import PersonFacts

TABLES = {model._meta.db_table: model for model in apps.get_models()}
# The rows a piece is made of are called t or m in its text; what it looks up beside them has another letter.
ROOT = re.compile(r"from (\w+) [tm]\b")


@pytest.mark.parametrize("name", sorted(PIECES))
def test_each_table_a_piece_is_made_of_marks_or_hangs_on_one_that_does(name: str) -> None:
    marking = PIECES[name].tables
    roots = set(ROOT.findall(re.sub(r"\s+", " ", text_of(name))))
    assert roots, "the text of the piece names no row of the person"
    for table in roots - set(marking):
        hangs_on = {
            field.related_model._meta.db_table
            for field in TABLES[table]._meta.concrete_fields
            if field.is_relation and not field.null and field.related_model is not None
        }
        assert hangs_on & set(marking), f"{table} is read by {name} and marks nobody"


@pytest.mark.parametrize("name", sorted(PIECES))
def test_each_piece_is_a_field_of_the_facts_and_its_tables_are_there(name: str) -> None:
    assert name in {field.name for field in fields(PersonFacts)}
    assert set(PIECES[name].tables) <= set(TABLES)
    assert set(PIECES[name].where) <= set(PIECES[name].tables)
