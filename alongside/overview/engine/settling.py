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


def settle_reading() -> None:
    """Makes the functions that `facts.sql` describes, and what marks whom it asks about. As the owner of the tables."""
    facts = (Path(__file__).parent / "facts.sql").read_text()
    with connection.cursor() as cursor:
        cursor.execute(facts.replace("/* pieces */", _pieces()))
        for name, piece in PIECES.items():
            for table in piece.tables:
                which = f"where {piece.where[table]}" if table in piece.where else ""
                cursor.execute(_MARK.format(name=f"mark_{name}_{table}", piece=name, table=table, which=which))


def _pieces() -> str:
    """Each asked only for whom it is marked."""
    return ",\n".join(f"'{name}', case when '{name}' = any(k.pieces) then (\n{text_of(name)}) end" for name in PIECES)
