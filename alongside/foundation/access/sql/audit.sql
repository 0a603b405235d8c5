-- The audit stores: what is written, that it is never changed, and that nothing changes unrecorded.
create schema if not exists audit;

-- A time is digested as UTC, whatever the session's own zone.
create or replace function audit.take_digest() returns trigger
language plpgsql set search_path = public set timezone = 'UTC' as $$
begin
    new.xid := pg_current_xact_id()::text::bigint;
    new.disposal_id := null;
    new.digest := audit.digest_of(tg_table_name, to_jsonb(new));
    return new;
end $$;

-- The digest covers every column that has a value, but the digest itself and the mark of disposal; so a column
-- that is added later, empty in old rows, changes no old digest. A column may not be renamed.
create or replace function audit.digest_of(store text, row_ jsonb) returns bytea
language sql immutable parallel safe as $$
    select sha256(convert_to(store || jsonb_strip_nulls(row_ - 'digest' - 'disposal_id')::text, 'UTF8'))
$$;

create or replace function audit.keep_history() returns trigger
language plpgsql security definer set search_path = public as $$
declare
    act text := nullif(current_setting('app.act', true), '');
    was jsonb; now_ jsonb; subject jsonb;
begin
    if act is null then
        if session_user <> current_user then
            raise exception 'A change of % that nobody described cannot be kept: write it inside recording().', tg_table_name
                using errcode = 'insufficient_privilege';
        end if;
        return null;
    end if;
    if tg_op <> 'INSERT' then was := to_jsonb(old); end if;
    if tg_op <> 'DELETE' then now_ := to_jsonb(new); end if;
    if was is not distinct from now_ then return null; end if;
    subject := coalesce(now_, was);
    insert into recording_history (at, act, actor_id, "table", row_id, person_id, change, before, after)
    values (clock_timestamp(), act::uuid, access.actor(), tg_table_name, nullif(subject->>'id', '')::bigint,
            case when tg_table_name = 'people_person' then (subject->>'id')::bigint
                 else nullif(subject->>'person_id', '')::bigint end,
            lower(tg_op),
            case when tg_op = 'UPDATE' then (select jsonb_object_agg(key, value) from jsonb_each(was)
                                             where now_->key is distinct from value) else was end,
            case when tg_op = 'UPDATE' then (select jsonb_object_agg(key, value) from jsonb_each(now_)
                                             where was->key is distinct from value) else now_ end);
    return null;
end $$;

create or replace function audit.deny() returns trigger language plpgsql as $$
begin
    raise exception 'The record of what happened is only ever added to (%).', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

-- Lawful disposal empties rows and leaves their digests; its own act says which and why. Nothing else is let through.
create or replace function audit.deny_but_disposal() returns trigger language plpgsql set search_path = public as $$
begin
    if tg_op = 'UPDATE' and old.disposal_id is null and new.disposal_id is not null and new.digest = old.digest
       and new.id = old.id and new.xid = old.xid and audit.is_emptied(to_jsonb(new))
       and exists (select 1 from recording_disposal d where d.id = new.disposal_id and old.id = any(d.row_ids)
                   and 'recording_' || d.store = tg_table_name) then
        return new;
    end if;
    raise exception 'The record of what happened is only ever added to (%).', tg_table_name
        using errcode = 'insufficient_privilege';
end $$;

-- What may stay of a row that was disposed of: its place in the order, its digest and when it was written.
create or replace function audit.is_emptied(row_ jsonb) returns boolean language sql immutable parallel safe as $$
    select not exists (select 1 from jsonb_each(row_)
                       where key not in ('id', 'xid', 'digest', 'disposal_id', 'at', 'ordinal')
                         and value not in ('null', '""'))
$$;

-- The person's row follows the responsibilities: who holds them now, and who did before.
create or replace function audit.follow_responsibility() returns trigger
language plpgsql security definer set search_path = public as $$
declare who bigint := coalesce(new.person_id, old.person_id);
begin
    update people_person p set
        icb_id = coalesce((select r.icb_id from people_responsibility r where r.person_id = who and r.to_at is null
                           order by r.from_at desc limit 1), p.icb_id),
        held_by = coalesce((select array_agg(distinct r.icb_id) from people_responsibility r
                            where r.person_id = who and r.to_at is not null), '{}')
    where p.id = who;
    return null;
end $$;

-- A mark that can be set and never unset.
create or replace function audit.never_unset() returns trigger language plpgsql as $$
begin
    if old.not_registered_before_admission and not new.not_registered_before_admission then
        raise exception 'The mark "not on the register before admission" is never taken off.'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;

-- A demonstration is made as one: the mark can't come to a database that has people in it, and never changes.
create or replace function audit.installed_once() returns trigger language plpgsql set search_path = public as $$
begin
    if tg_op = 'INSERT' and not (new.demonstration and exists (select 1 from people_person)) then
        return new;
    end if;
    raise exception 'What a database was made for is written once, when it is made.'
        using errcode = 'check_violation';
end $$;

-- A fact is recorded by whoever asks, for the ICB that holds the person, and what it names is about the same person.
-- Foreign keys see past row-level security; this looks with the owner's eyes on purpose.
create or replace function audit.belongs() returns trigger
language plpgsql security definer set search_path = public as $$
declare
    asks bigint; other bigint; row_ jsonb; about bigint; i integer := 1;
begin
    if session_user <> current_user and tg_op = 'INSERT' and not access.engine() then
        asks := access.actor();
        if new.recorded_by_id is distinct from asks
           or new.recorded_icb_id is distinct from (select icb_id from people_person where id = new.person_id) then
            raise exception 'A fact is recorded in one''s own name, for the area that holds the person (%).', tg_table_name
                using errcode = 'insufficient_privilege';
        end if;
    end if;
    if session_user <> current_user and tg_op = 'UPDATE' and not access.engine()
       and (new.person_id, new.recorded_by_id, new.recorded_icb_id, new.recorded_at) is distinct from
           (old.person_id, old.recorded_by_id, old.recorded_icb_id, old.recorded_at) then
        raise exception 'Who recorded a fact in their own name, when and of whom, stays as it is (%).', tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    if tg_nargs > 1 then
        row_ := to_jsonb(new);
        while i < tg_nargs loop
            other := (row_->>tg_argv[i])::bigint;
            if other is not null then
                execute format('select person_id from %I where id = $1', tg_argv[i + 1]) into about using other;
                if about is distinct from new.person_id then
                    raise exception 'What this row names is about another person (%).', tg_table_name
                        using errcode = 'foreign_key_violation';
                end if;
            end if;
            i := i + 2;
        end loop;
    end if;
    return new;
end $$;

-- How closely a record is held, whose it is and whom it was merged into change by the engine's hand only,
-- after the code has checked who asks.
create or replace function audit.held_by_engine() returns trigger language plpgsql set search_path = public as $$
begin
    if current_user = pg_get_userbyid((select relowner from pg_class where oid = tg_relid)) then
        return new;
    end if;
    -- What follows from the ledger is changed by the ledger alone (`access.settle_ledger`, with the owner's hand).
    if (new.guard, new.closed_topics) is distinct from (old.guard, old.closed_topics)
       or ((new.restricted, new.icb_id, new.held_by, new.survivor_id) is distinct from
           (old.restricted, old.icb_id, old.held_by, old.survivor_id) and not access.engine()) then
        raise exception 'How a record is held is changed by its own acts only.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
