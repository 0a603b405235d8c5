"""What the engine needs in the database, made anew after each migration."""

from pathlib import Path

from django.db import connection

from alongside.overview.engine.pieces import PIECES, text_of

_MARK = """
    create or replace function {name}() returns trigger language plpgsql security definer set search_path = public as $$
    begin
        insert into overview_mark (person_id, piece) select distinct n.person_id, '{piece}' from new_rows n {which}
        on conflict do nothing;
        return null;
    end $$;
    do $$ begin
        if not exists (select from pg_trigger where tgname = '{name}') then
            insert into overview_mark (person_id, piece) select distinct n.person_id, '{piece}' from {table} n {which}
            on conflict do nothing;
        end if;
    end $$;
    create or replace trigger {name} after insert on {table} referencing new table as new_rows
        for each statement execute function {name}();
"""


# For one person the pieces are asked by a call, so that those they don't have cost nothing: a statement is set up whole
# before its first row, and setting up all pieces takes longer than reading a person. For many it is done once.
_FOR_ONE = "overview_facts_of_one"
_CALL = "'more', case when k.pieces is not null then overview_more(p.id, w.ids, k.pieces) end"
_MORE = """
    create or replace function overview_more(the_person bigint, the_people bigint[], the_pieces varchar[]) returns json
    language plpgsql stable set plan_cache_mode = force_generic_plan as $$
    declare names text[]; found json[]; part json;
    begin
    {parts}
        return (select json_object_agg(x.name, x.part) from unnest(names, found) as x(name, part)
            where x.part is not null);
    end $$;
"""
_PART = """
        if '{name}' = any(the_pieces) then
            select ({text}) into part from people_person p cross join lateral (select the_people as ids) w
                where p.id = the_person;
            names := names || '{name}'::text; found := found || part;
        end if;
"""


def settle_reading() -> None:
    """Makes the functions that `facts.sql` describes, and what marks whom it asks about. As the owner of the tables."""
    facts = (Path(__file__).parent / "facts.sql").read_text()
    more = _MORE.format(parts="".join(_PART.format(name=name, text=text_of(name)) for name in PIECES))
    with connection.cursor() as cursor:
        cursor.execute(more)
        cursor.execute(facts.replace("/* pieces */", _pieces()))
        cursor.execute(facts.replace("overview_facts(", f"{_FOR_ONE}(").replace("/* pieces */", _CALL))
        for name, piece in PIECES.items():
            for table in piece.tables:
                which = f"where {piece.where[table]}" if table in piece.where else ""
                cursor.execute(_MARK.format(name=f"mark_{name}_{table}", piece=name, table=table, which=which))


def _pieces() -> str:
    """Each asked only for whom it is marked."""
    return ",\n".join(f"'{name}', case when '{name}' = any(k.pieces) then (\n{text_of(name)}) end" for name in PIECES)
