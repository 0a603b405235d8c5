-- Records that go when no rule keeps them any more. Run by `settle` after the tables' own triggers are written.
-- Two people: one proposes, another says yes; then, inside a recorded act, everything about one person is deleted.

-- What somebody else has to say yes to is decided by that person, and who it is does not change afterwards.
create or replace function access.second_decides() returns trigger language plpgsql set search_path = public as $$
begin
    if current_user = pg_get_userbyid((select relowner from pg_class where oid = tg_relid)) then return new; end if;
    if tg_op = 'INSERT' then
        if to_jsonb(new)->>tg_argv[0] is null then return new; end if;
        raise exception 'A second person decides this, and nobody else.' using errcode = 'insufficient_privilege';
    end if;
    if (to_jsonb(new)->>tg_argv[1]) is distinct from (to_jsonb(old)->>tg_argv[1]) or new.second_id is distinct from old.second_id
       or ((to_jsonb(new)->>tg_argv[0]) is distinct from (to_jsonb(old)->>tg_argv[0])
           and access.actor() is distinct from new.second_id) then
        raise exception 'A second person decides this, and nobody else.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_second before insert or update on retention_proposal for each row
    execute function access.second_decides('approved', 'proposed_by_id');
create or replace trigger b_second before insert or update on subject_access_accessrequest for each row
    execute function access.second_decides('approved_by_id', 'handler_id');

-- What the second person said yes to is what goes: nothing is added to it or changed in it afterwards.
create or replace function access.as_decided() returns trigger
language plpgsql security definer set search_path = public as $$
begin
    if tg_op = 'UPDATE' and (new.proposal_id, new.kind, new.number, new.kept_until) is not distinct from
                            (old.proposal_id, old.kind, old.number, old.kept_until) then return new; end if;
    if tg_op = 'UPDATE' or exists (select 1 from retention_proposal p where p.id = new.proposal_id
                                   and p.decided_at is not null) then
        raise exception 'What was proposed is not changed after that.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_as_decided before insert or update on retention_proposedrecord for each row
    execute function access.as_decided();

-- Why a record may not go as things stand; null when nothing stops it. The merged records of a person count as one.
create or replace function access.keeps_record(person bigint) returns text
language plpgsql stable security definer set search_path = public as $$
declare ids bigint[];
begin
    if not (access.engine() or person = any(access.governed_people())) then return 'another area holds it'; end if;
    select array_agg(p.id) into ids from people_person p where person in (p.id, p.survivor_id);
    return (select why from (
        select 1 as n, 'a hold stops it' as why where exists (
            select 1 from retention_hold h where h.person_id = any(ids) and h.lifted_at is null)
            or exists (select 1 from people_person p where p.id = any(ids) and p.on_hold)
        union all select 2, 'they are on the register' where exists (
            select 1 from register_registerentry e where e.person_id = any(ids) and e.removed_on is null
              and not exists (select 1 from register_registerentry n where n.supersedes_id = e.id))
        union all select 3, 'a stay has not ended' where exists (
            select 1 from hospital_stay s where s.person_id = any(ids) and s.discharged_at is null
              and not exists (select 1 from hospital_stay n where n.supersedes_id = s.id))
        union all select 4, 'somebody is their keyworker' where exists (
            select 1 from keyworking_allocation a where a.person_id = any(ids) and a.to_date is null
              and not exists (select 1 from keyworking_allocation n where n.supersedes_id = a.id))
        union all select 5, 'somebody has asked for the record' where exists (
            select 1 from subject_access_accessrequest r where r.person_id = any(ids) and r.closed_at is null)
        union all select 6, 'a referral is not decided' where exists (
            select 1 from referrals_referral r where r.person_id = any(ids) and r.decided_at is null)
        union all select 7, 'a move to another area waits for an answer' where exists (
            select 1 from people_moveoffer m where m.person_id = any(ids) and m.closed_at is null)
        union all select 8, 'what somebody told us waits for an answer' where exists (
            select 1 from people_postedchange c where c.person_id = any(ids) and c.answered_at is null)
        union all select 9, 'a closed record of theirs is kept longer' where exists (
            select 1 from people_closedrecord c where c.person_id = any(ids) and c.reopened_at is null
              and c.keep_until >= access.today())
        union all select 10, 'something that was agreed is not over' where exists (
            select 1 from actions_action a where a.person_id = any(ids)
              and a.state not in ('done', 'not_done', 'superseded')
              and not exists (select 1 from actions_action n where n.supersedes_id = a.id))
        union all select 11, 'something that was promised or planned is not over' where exists (
            select 1 from keyworking_promise t where t.person_id = any(ids) and t.closed_at is null
              and not exists (select 1 from keyworking_promise n where n.supersedes_id = t.id))
            or exists (select 1 from keyworking_appointment t where t.person_id = any(ids)
              and t.called_off_at is null and t.contact_id is null
              and not exists (select 1 from keyworking_appointment n where n.supersedes_id = t.id))
        union all select 12, 'a plan waits for approval' where exists (
            select 1 from plans_planproposal s where s.person_id = any(ids) and s.state = 'waiting')) w
        order by n limit 1);
end $$;

-- Files that rows which go have named, and nothing names any more. A file is named by its content, so the same one may
-- be somebody else's too: every column that names files is asked (their names end in key, letter, pdf or documents).
create or replace function access.files_to_go(keys text[]) returns text[] language plpgsql set search_path = public as $$
declare c record; kept text[];
begin
    for c in select k.relname, a.attname from pg_attribute a join pg_class k on k.oid = a.attrelid
             where k.relnamespace = 'public'::regnamespace and k.relkind = 'r' and a.attnum > 0 and not a.attisdropped
               and a.attname ~ '(_key|letter|pdf|documents?)$' and k.relname !~ '^(recording_|procrastinate_)'
               and a.atttypid in ('varchar'::regtype, 'text'::regtype, 'jsonb'::regtype) loop
        execute format('select array_agg(key) from unnest($1) key where exists (select 1 from %I t '
                       'where strpos(t.%I::text, key) > 0)', c.relname, c.attname) into kept using keys;
        select coalesce(array_agg(key), '{}') into keys from unnest(keys) key where key <> all(coalesce(kept, '{}'));
    end loop;
    return keys;
end $$;

-- Whoever came in by the family door for these people and for nobody else.
create or replace function access.families_of(ids bigint[]) returns bigint[]
language sql stable set search_path = public as $$
    select coalesce(array_agg(a.id), '{}') from accounts_actor a
    where a.kind = 'family' and exists (
            select 1 from access_involvement i where i.actor_id = a.id and i.person_id = any(ids))
      and not exists (select 1 from access_involvement i where i.actor_id = a.id and i.person_id <> all(ids))
$$;

-- Their way in is taken away, with their phone, address and name.
create or replace function access.forget_families(actors bigint[]) returns void
language sql set search_path = public as $$
    delete from accounts_entrycode where account_id in (
        select f.id from accounts_familyaccount f where f.actor_id = any(actors));
    delete from accounts_familyaccount where actor_id = any(actors);
    update access_accesskey set ended_at = now() where actor_id = any(actors) and ended_at is null;
    update accounts_roleheld set to_date = greatest(from_date, access.today())
        where actor_id = any(actors) and to_date is null;
    update accounts_actor set name = '', post = '', about = '', cast_key = null, left_on = access.today()
        where id = any(actors);
$$;

-- Deletes everything about one person: each row that names them, and each row that names such a row. What is left is
-- an empty row of the person until `access.forget_person`, so that the audit of it can be disposed of by its own act.
-- Returns how many rows went, the numbers of the person's records (several where records had been merged), and which
-- files nothing names any more.
drop function if exists access.dispose_record(bigint);
create function access.dispose_record(
    record bigint, out rows_gone integer, out numbers bigint[], out files text[])
language plpgsql volatile security definer set search_path = public as $$
declare
    it record; why text; c record; more bigint; total integer := 0; ids bigint[]; families bigint[]; named text[];
begin
    if nullif(current_setting('app.act', true), '') is null then
        raise exception 'A disposal is made inside recording().';
    end if;
    select r.number, r.kind, r.outcome, p.approved, p.icb_id, p.proposed_by_id, p.second_id, r.kept_until into it
        from retention_proposedrecord r join retention_proposal p on p.id = r.proposal_id where r.id = record;
    if it.number is null or it.outcome <> 'waiting' or it.approved is not true or it.second_id = it.proposed_by_id
       or it.icb_id <> all(access.governed_areas()) or it.kind <> 'person' then
        raise exception 'Nobody said yes to the disposal of this record, or it is not of your area.'
            using errcode = 'insufficient_privilege';
    end if;
    perform 1 from people_person p where it.number in (p.id, p.survivor_id) for update;
    why := access.keeps_record(it.number);
    if why is not null then raise exception 'kept: %', why using errcode = 'AG010'; end if;
    if it.kept_until >= access.today() then
        raise exception 'kept: its time is not over' using errcode = 'AG010';
    end if;
    select array_agg(p.id) into ids from people_person p where it.number in (p.id, p.survivor_id);
    if not exists (select 1 from people_person p where p.id = it.number and p.icb_id = it.icb_id) then
        raise exception 'Another area holds this record.' using errcode = 'insufficient_privilege';
    end if;

    -- A table of this name that somebody else made has their triggers: dropping it is refused, and so is all of this.
    drop table if exists pg_temp.going;
    create temporary table going (tab oid, id bigint, primary key (tab, id)) on commit drop;
    insert into going select 'people_person'::regclass, unnest(ids);
    -- Tables that say `person_id` without a reference the database checks. The audit stores have their own disposal.
    for c in select k.oid, k.relname from pg_attribute a join pg_class k on k.oid = a.attrelid
             where a.attname = 'person_id' and k.relkind = 'r' and k.relnamespace = 'public'::regnamespace
               and k.relname !~ '^(recording_|exchange_importrow$|access_opentopics$|overview_(duty|registerrow)$)' loop
        execute format('insert into going select %s, id from %I where person_id = any($1) on conflict do nothing',
                       c.oid, c.relname) using ids;
    end loop;
    families := access.families_of(ids);
    insert into going select 'inbox_message'::regclass, m.id from inbox_message m
        where m.to_actor_id = any(families) or m.by_id = any(families) on conflict do nothing;
    -- And whatever names a row that goes, as far as it leads. A retained proposal names nobody by a reference.
    loop
        total := 0;
        for c in select con.conrelid, k.relname, a.attname, con.confrelid, key.attname as own
                 from pg_constraint con join pg_class k on k.oid = con.conrelid
                 join pg_attribute a on a.attrelid = con.conrelid and a.attnum = con.conkey[1]
                 join pg_index i on i.indrelid = con.conrelid and i.indisprimary
                 join pg_attribute key on key.attrelid = i.indrelid and key.attnum = i.indkey[0]
                 where con.contype = 'f' and cardinality(con.conkey) = 1
                   and con.confrelid in (select distinct tab from going) loop
            execute format('insert into going select %s, t.%I from %I t join going g on g.tab = %s and g.id = t.%I '
                           'where t.%I is not null on conflict do nothing',
                           c.conrelid, c.own, c.relname, c.confrelid, c.attname, c.attname);
            get diagnostics more = row_count;
            total := total + more;
        end loop;
        exit when total = 0;
    end loop;

    files := '{}';
    for c in select distinct k.relname, g.tab from going g join pg_class k on k.oid = g.tab loop
        execute format('select array_agg(distinct m[1]) from going g join %I t on t.id = g.id and g.tab = %s, '
                       'regexp_matches(to_jsonb(t)::text, ''[0-9a-f]{64}'', ''g'') m', c.relname, c.tab) into named;
        files := files || coalesce(named, '{}');
    end loop;

    total := 0;
    -- References are checked when the act ends, so the order is free; the engine's rows follow nobody's.
    delete from overview_duty where person_id = any(ids);
    delete from overview_registerrow where person_id = any(ids);
    delete from overview_mark where person_id = any(ids);
    delete from access_opentopics where person_id = any(ids);
    update exchange_importrow set raw = '{}', shown_name = '', sentences = '[]', fingerprint = '', settled_how = '',
        person_id = null where person_id = any(ids);
    for c in select g.tab, k.relname, key.attname as own from going g join pg_class k on k.oid = g.tab
             join pg_index i on i.indrelid = g.tab and i.indisprimary
             join pg_attribute key on key.attrelid = i.indrelid and key.attnum = i.indkey[0]
             where g.tab <> 'people_person'::regclass group by 1, 2, 3 loop
        execute format('delete from %I t using going g where g.tab = %s and g.id = t.%I', c.relname, c.tab, c.own);
        get diagnostics more = row_count;
        total := total + more;
    end loop;
    update people_person set nhs_number = null, family_name = '', given_name = '', preferred_name = '', pronouns = '',
        birth_date = null, died_on = null, gender = '', ethnicity = '', first_language = '', interpreter = false,
        survivor_id = null where id = any(ids);
    perform access.forget_families(families);
    files := access.files_to_go(files);
    rows_gone := total + cardinality(ids);
    numbers := ids;
end $$;

-- The last of a person: the emptied row, when no other row names it and its audit has been disposed of.
create or replace function access.forget_person(record bigint, numbers bigint[]) returns void
language plpgsql volatile security definer set search_path = public as $$
declare it record;
begin
    select r.number, r.outcome, p.icb_id into it
        from retention_proposedrecord r join retention_proposal p on p.id = r.proposal_id where r.id = record;
    if it.outcome is distinct from 'gone' or it.icb_id <> all(access.governed_areas()) then
        raise exception 'This record has not gone.' using errcode = 'insufficient_privilege';
    end if;
    delete from people_person p where p.id = any(numbers) and it.number = any(numbers) and p.icb_id = it.icb_id
        and p.family_name = '' and p.given_name = '' and p.nhs_number is null and p.birth_date is null;
end $$;

-- What is kept of somebody in the audit: history rows and events that say what was in the record.
create or replace function access.audit_of(person bigint) returns table (store text, ids bigint[])
language plpgsql stable security definer set search_path = public as $$
begin
    if person <> all(access.governed_people()) then return; end if;
    return query select 'history', array_agg(h.id) from recording_history h
        where h.person_id = person and h.disposal_id is null having count(*) > 0
    union all select 'event', array_agg(e.id) from recording_event e
        where e.person_id = person and e.disposal_id is null and e.code <> 'audit.disposed' having count(*) > 0;
end $$;

-- Why the rows of an import that are nobody's record may not go yet; null when nothing stops it.
create or replace function access.import_keeps(run bigint) returns text
language plpgsql stable security definer set search_path = public as $$
begin
    if not (access.engine() or exists (
            select 1 from exchange_importrun r where r.id = run and r.icb_id = any(access.governed_areas()))) then
        return 'another area holds it';
    end if;
    return case
        when exists (select 1 from exchange_importrun r where r.id = run and r.state not in ('done', 'failed'))
            then 'the import is not done'
        when exists (select 1 from exchange_importrow w where w.run_id = run and w.person_id is null
                     and w.outcome in ('review', 'refused') and w.settled_at is null)
            then 'a row of it waits for a decision' end;
end $$;

-- Empties the rows of an import that became nobody's record. The same two people, and the same moment, as for a person.
create or replace function access.dispose_import(record bigint) returns integer
language plpgsql volatile security definer set search_path = public as $$
declare it record; why text; gone integer;
begin
    if nullif(current_setting('app.act', true), '') is null then
        raise exception 'A disposal is made inside recording().';
    end if;
    select r.number, r.kind, r.outcome, p.approved, p.icb_id, p.proposed_by_id, p.second_id, r.kept_until into it
        from retention_proposedrecord r join retention_proposal p on p.id = r.proposal_id where r.id = record;
    if it.number is null or it.kind <> 'import' or it.outcome <> 'waiting' or it.approved is not true
       or it.second_id = it.proposed_by_id or it.icb_id <> all(access.governed_areas())
       or not exists (select 1 from exchange_importrun r where r.id = it.number and r.icb_id = it.icb_id) then
        raise exception 'Nobody said yes to the disposal of this import, or it is not of your area.'
            using errcode = 'insufficient_privilege';
    end if;
    perform 1 from exchange_importrun r where r.id = it.number for update;
    why := access.import_keeps(it.number);
    if why is not null then raise exception 'kept: %', why using errcode = 'AG010'; end if;
    if it.kept_until >= access.today() then
        raise exception 'kept: its time is not over' using errcode = 'AG010';
    end if;
    update exchange_importrow set raw = '{}', shown_name = '', sentences = '[]', fingerprint = '', settled_how = ''
        where run_id = it.number and person_id is null and raw <> '{}';
    get diagnostics gone = row_count;
    return gone;
end $$;

-- What the history says of rows of an import that are nobody's record.
create or replace function access.audit_of_import(run bigint) returns table (store text, ids bigint[])
language plpgsql stable security definer set search_path = public as $$
begin
    if not exists (select 1 from exchange_importrun r where r.id = run and r.icb_id = any(access.governed_areas())) then
        return;
    end if;
    return query select 'history', array_agg(h.id) from recording_history h
        where h."table" = 'exchange_importrow' and h.disposal_id is null and h.person_id is null
          and h.actor_id = any(access.governed_actors())
          and h.row_id in (select w.id from exchange_importrow w where w.run_id = run and w.person_id is null)
        having count(*) > 0;
end $$;
