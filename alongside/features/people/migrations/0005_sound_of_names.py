"""How names sound, and looking for records that may be about the same person.

`people_sounds` gives codes that are equal when words sound alike: double metaphone, and Daitch-Mokotoff where the
server has it (PostgreSQL 16), which is better at names from Central and Eastern Europe. It is declared immutable so
that it can be indexed; what it depends on, the rules of `unaccent`, doesn't change in use.

`people_alike` looks with the owner's eyes, because operators that are not leakproof can't use an index under
row-level security. It applies the scope itself, gives out numbers of people only, and answers nobody but the engine
and those whose work is matching people. Whoever joins them to the people's own table is bound by row-level security
once more.
"""

from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

SOUNDS = """
do $make$
declare
    daitch text := case when exists (select 1 from pg_proc where proname = 'daitch_mokotoff')
        then ' union select unnest(daitch_mokotoff(w)) from words' else '' end;
begin
    execute 'create function people_sounds(name text) returns text[] language plpgsql immutable strict parallel safe '
        'set search_path = public as $f$ begin return (with words as ('
        'select w from regexp_split_to_table(regexp_replace(lower(unaccent(name)), ''[''''’]'', '''', ''g''), ''[^a-z]+'') w '
        'where length(w) > 1) select coalesce(array_agg(distinct s), ''{}'') from ('
        'select dmetaphone(w) as s from words union select dmetaphone_alt(w) from words' || daitch || ') found '
        'where s <> ''''); end $f$';
end $make$;

create function people_first_sounds(given text, preferred text) returns text[]
language plpgsql immutable strict parallel safe set search_path = public as $$
begin
    return coalesce(people_sounds(substring(given from '[^ -]+')), '{}')
        || coalesce(people_sounds(substring(preferred from '[^ -]+')), '{}');
end $$;
"""
ALIKE = """
create index person_sounds on people_person using gin
    (people_sounds(family_name), people_first_sounds(coalesce(given_name, ''), coalesce(preferred_name, '')));

create function people_alike(areas bigint[], given text, family text, days date[], numbers text[], codes text[])
returns setof bigint language plpgsql stable security definer set search_path = public as $$
declare
    areas0 bigint[] := areas; areas1 bigint[] := areas; closest smallint := 2;
    family_codes text[] := people_sounds(family); given_codes text[] := people_first_sounds(given, '');
begin
    if not access.engine() then
        if not (access.holds('coordinator') or access.holds('manager')) then return; end if;
        areas0 := access.areas(0); areas1 := access.areas(1); closest := 1;
    end if;
    return query
    with found(id) as (
        select p.id from people_person p where p.nhs_number = any(numbers)
        union select f.person_id from people_formernumber f where f.number = any(numbers) and f.why = 'superseded'
            and not exists (select 1 from people_formernumber later where later.supersedes_id = f.id)
        -- Born near that day, and one of the names is not far off, or missing.
        union select p.id from people_person p where p.birth_date = any(days)
            and (similarity(p.family_name, family) > 0.3 or similarity(p.given_name, given) > 0.3
                 or similarity(p.preferred_name, given) > 0.3 or given = '' or family = ''
                 or p.given_name = '' or p.family_name = '')
        -- Both names sound alike, and something besides: the day of birth all but one figure, unknown, or the postcode.
        union select p.id from people_person p where people_sounds(p.family_name) && family_codes
            and people_first_sounds(coalesce(p.given_name, ''), coalesce(p.preferred_name, '')) && given_codes
            and (p.birth_date is null or days = '{}'
                 or exists (select 1 from unnest(days) d where levenshtein(d::text, p.birth_date::text) <= 1)
                 or exists (select 1 from people_address a where a.person_id = p.id and a.postcode = any(codes))))
    select distinct p.id from found join people_person f using (id)
    join people_person p on p.id = coalesce(f.survivor_id, f.id)
    where ((p.guard = 0 and p.icb_id = any(areas0)) or (p.guard <= closest and p.icb_id = any(areas1)));
end $$;
"""
UNDO = "drop function people_alike; drop index person_sounds; drop function people_first_sounds, people_sounds"


class Migration(migrations.Migration):
    dependencies = [("people", "0004_possible_duplicates"), ("organisations", "0001_initial")]

    operations = [
        CreateExtension("fuzzystrmatch"),
        migrations.RunSQL(SOUNDS + ALIKE, UNDO),
    ]
