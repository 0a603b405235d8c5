"""Names with two letters swapped, or one wrong, are found; the counts of an area tell those it took over.

Two words that differ by one letter, or by two neighbours that changed places, are equal once one letter is left out
of each. So each word of a name is kept with all that is left of it without one letter, under one index.
"""

from django.db import migrations

KEYS = """
create function overview_left_out(word text) returns text[]
language sql immutable strict parallel safe as $$
    select array(select word union select left(word, n - 1) || substr(word, n + 1)
                 from generate_series(1, length(word)) n where length(word) > 2)
$$;
alter table overview_nameword add column keys text[] generated always as (overview_left_out(word::text)) stored;
create index nameword_keys on overview_nameword using gin (keys);
"""
UNDO_KEYS = """
alter table overview_nameword drop column keys;
drop function overview_left_out;
"""

SEARCH = """
create or replace function overview_search(words text[], most integer) returns table (entry_id bigint, likeness real)
language plpgsql stable security definer set search_path = public as $$
declare
    areas0 bigint[] := access.areas(0); areas1 bigint[] := access.areas(1);
    known bigint[] := access.people_topics(); topics smallint[] := access.area_topics();
begin
    if 12::smallint <> all(topics) then areas0 := '{}'; areas1 := '{}'; end if;
    return query
    with asked as (select w, overview_left_out(w) as keys, row_number() over () as n from unnest(words) w),
    close_ as (
        select a.n, k.word, k.near from asked a cross join lateral (
            select c.word, case when c.word = a.w then 2.0 when c.word like a.w || '%' then 1.5
                   when c.keys && a.keys then 0.5 + similarity(c.word, a.w) / 2
                   else similarity(c.word, a.w) end::real as near
            from overview_nameword c where c.word % a.w or c.word like a.w || '%' or c.keys && a.keys
            order by 2 desc limit 30) k),
    found as (
        select r.entry_id as entry, c.n, max(c.near) as near
        from overview_registerrow r join close_ c on r.name_words @> array[c.word::varchar(80)]
        where (r.guard = 0 and r.icb_id = any(areas0)) or (r.guard <= 1 and r.icb_id = any(areas1))
           or r.person_id * 64 + 12 = any(known)
        group by 1, 2)
    select f.entry, sum(f.near)::real from found f group by 1
    having count(*) = least((select count(*) from asked), 3) or (select count(*) from asked) > 3
    order by 2 desc, 1 limit most;
end $$;
"""

COUNTS = """
create or replace function overview_counts(smallest integer)
returns table (name text, listing text, colour text, people bigint)
language plpgsql stable security definer set search_path = public as $$
begin
    return query
    with recursive mine as (
        select o.id, o.name::text as area from accounts_roleheld r
        join access_reach a on a.role = r.role and a.reach = 'counts'
        join organisations_organisation o on o.id = r.area_id or o.region_id = r.area_id
        where r.actor_id = access.actor() and o.kind = 'icb'
          and r.from_date <= current_date and (r.to_date is null or r.to_date >= current_date)
        union
        select o.id, (o.name || ' (taken over)')::text from organisations_succession s
        join mine m on m.id = s.successor_id join organisations_organisation o on o.id = s.predecessor_id
        where s.undone_at is null and s.whole and s.on_date <= current_date),
    named as (select m.id, min(m.area) as area from mine m group by 1)
    select m.area, t.listing::text, t.colour::text,
           case when count(*) < greatest(smallest, 5) then null else count(*) end
    from overview_registerrow t join named m on m.id = t.icb_id
    group by 1, 2, 3 order by 1, 2 desc, 3;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("overview", "0014_what_was_told")]

    operations = [
        migrations.RunSQL(KEYS, UNDO_KEYS),
        migrations.RunSQL(SEARCH, migrations.RunSQL.noop),
        migrations.RunSQL(COUNTS, migrations.RunSQL.noop),
    ]
