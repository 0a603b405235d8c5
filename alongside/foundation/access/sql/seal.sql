-- Sealing: each store's rows are joined, batch by batch, into a chain of roots that a file outside keeps.
-- Run by `settle` after audit.sql. The functions run as the owner, because the service may not read the stores.

-- The digest of each batch: batch n holds rows from starts[n] up to starts[n + 1] (the last up to `before`), in
-- (xid, id) order. Digests are joined ten thousand at a time, so that no batch is too big to join.
create or replace function audit.batches(store text, starts bigint[], before bigint)
returns table (n integer, rows bigint, batch bytea)
language plpgsql stable security definer set search_path = public as $$
begin
    return query execute format($q$
        select b.n, sum(b.rows)::bigint, sha256(string_agg(b.part, ''::bytea order by b.chunk))
        from (select r.n, r.chunk, count(*) as rows, sha256(string_agg(r.digest, ''::bytea order by r.xid, r.id)) as part
              from (select xid, id, digest, width_bucket(xid, $1) as n,
                           (row_number() over (partition by width_bucket(xid, $1) order by xid, id) - 1) / 10000 as chunk
                    from %I where xid >= $1[1] and xid < $2) r
              group by r.n, r.chunk) b
        group by b.n$q$, 'recording_' || store) using starts, before;
end $$;

create or replace function audit.root_of(previous bytea, store text, from_ bigint, to_ bigint, rows bigint, batch bytea)
returns bytea language sql immutable parallel safe as $$
    select sha256(coalesce(previous, ''::bytea)
                  || convert_to(concat_ws(' ', store, from_, to_, rows), 'UTF8') || coalesce(batch, ''::bytea))
$$;

-- Below this transaction nothing can be added any more: it is the oldest that still runs here. Whoever is known to
-- work in another database of the same server writes nothing of ours, however long they take.
create or replace function audit.oldest_running() returns bigint
language plpgsql volatile security definer set search_path = public as $$
declare
    now_ pg_snapshot := pg_current_snapshot();
begin
    return (select least(pg_snapshot_xmax(now_), pg_current_xact_id_if_assigned(), min(x))::text::bigint
        from pg_snapshot_xip(now_) x where not exists (
            select 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
            where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock'
              and l.transactionid::text::bigint = x::text::bigint & 4294967295
              and a.datid <> (select oid from pg_database where datname = current_database())));
end $$;

-- Seals what every transaction that has ended wrote. Ids are given out of order, so the order is (xid, id).
create or replace function audit.seal(moment timestamptz) returns setof recording_seal
language plpgsql volatile security definer set search_path = public as $$
declare
    name text; before bigint; last recording_seal; new_ record; made recording_seal;
begin
    perform pg_advisory_xact_lock(hashtext('audit.seal'));
    before := audit.oldest_running();
    foreach name in array array['event', 'history', 'look'] loop
        last := null;
        select * into last from recording_seal s where s.store = name order by s.id desc limit 1;
        select * into new_ from audit.batches(name, array[coalesce(last.to_xid, 0)], before);
        if new_.rows is null then continue; end if;
        insert into recording_seal (store, at, from_xid, to_xid, rows, batch, root)
        values (name, moment, coalesce(last.to_xid, 0), before, new_.rows, new_.batch,
                audit.root_of(last.root, name, coalesce(last.to_xid, 0), before, new_.rows, new_.batch))
        returning * into made;
        return next made;
    end loop;
end $$;

-- The roots after one, in order, for the file outside the database.
create or replace function audit.roots(after bigint)
returns table (id bigint, store text, at timestamptz, to_xid bigint, rows integer, root text)
language sql stable security definer set search_path = public as $$
    select s.id, s.store, s.at, s.to_xid, s.rows, encode(s.root, 'hex') from recording_seal s where s.id > after
    order by s.id
$$;

-- Which database this is: the file outside may hold the roots of several.
create or replace function audit.database() returns text language sql stable as $$
    select current_database() || '/' || oid from pg_database where datname = current_database()
$$;

-- Rows of a store whose content is not what was digested, or that were emptied without a disposal that says so.
create or replace function audit.changed_rows(store text, most integer)
returns table (rows bigint, disposed bigint, changed bigint, first_changed bigint[])
language plpgsql stable security definer set search_path = public set timezone = 'UTC' as $$
begin
    return query execute format($q$
        select count(*), count(*) filter (where v.is_disposed), count(*) filter (where v.is_changed),
               (array_agg(v.id order by v.id) filter (where v.is_changed))[1:$2]
        from (select r.id, r.disposal_id is not null as is_disposed,
                     case when r.disposal_id is null then r.digest is distinct from audit.digest_of($1, to_jsonb(r))
                          else not audit.is_emptied(to_jsonb(r)) or d.id is null end as is_changed
              from %1$I r left join recording_disposal d
                on d.id = r.disposal_id and 'recording_' || d.store = $1 and r.id = any(d.row_ids)) v$q$,
        'recording_' || store) using 'recording_' || store, most;
end $$;

-- Everything that can be told from inside the database. Says which rows and links, never what is in them.
create or replace function audit.verify(most integer) returns jsonb
language plpgsql stable security definer set search_path = public as $$
declare
    name text; starts bigint[]; before bigint; found record; broken jsonb; stores jsonb := '{}';
begin
    foreach name in array array['event', 'history', 'look'] loop
        select array_agg(s.from_xid order by s.id), max(s.to_xid) into starts, before
        from recording_seal s where s.store = name;
        select * into found from audit.changed_rows(name, most);
        with chain as (
            select s.*, row_number() over w as n, lag(s.root) over w as previous, lag(s.to_xid) over w as until
            from recording_seal s where s.store = name window w as (order by s.id)),
        checked as (
            select c.id, c.rows as sealed, coalesce(b.rows, 0) as there,
                   c.from_xid = coalesce(c.until, 0) and c.batch is not distinct from b.batch and c.rows = b.rows
                   and c.root = audit.root_of(c.previous, name, c.from_xid, c.to_xid, c.rows, c.batch) as holds
            from chain c left join audit.batches(name, starts, before) b on b.n = c.n)
        select coalesce(jsonb_agg(jsonb_build_object('seal', id, 'sealed', sealed, 'there', there) order by id)
                        filter (where holds is not true), '[]') into broken from checked;
        stores := stores || jsonb_build_object(name, jsonb_build_object(
            'rows', found.rows, 'disposed', found.disposed, 'changed', found.changed,
            'first_changed', coalesce(to_jsonb(found.first_changed), '[]'), 'broken', broken,
            'seals', coalesce(array_length(starts, 1), 0)));
    end loop;
    return jsonb_build_object('stores', stores, 'disposals', audit.disposals());
end $$;

create or replace function audit.rows_digest(store text, ids bigint[]) returns text language sql immutable as $$
    select encode(sha256(convert_to(store || ids::text, 'UTF8')), 'hex')
$$;

-- Each disposal with the event of its own act. The event tells how many rows and a digest of which; it is sealed. By
-- whom and why is for information governance, and for the server when it verifies.
create or replace function audit.disposals() returns jsonb
language sql stable security definer set search_path = public as $$
    select coalesce(jsonb_agg(jsonb_build_object(
        'id', d.id, 'store', d.store, 'rows', cardinality(d.row_ids), 'at', d.at,
        'by', case when known.yes then e.by_name else '' end, 'because', case when known.yes then d.because else '' end,
        'recorded', e.detail->>'rows' is not distinct from audit.rows_digest(d.store::text, d.row_ids)
    ) order by d.id), '[]')
    from recording_disposal d left join recording_event e on e.act = d.act and e.code = 'audit.disposed',
         (select access.engine() or access.holds('governance') as yes) known
$$;

-- Empties rows inside a recorded act. Only information governance, only rows of its own areas, nobody's on hold.
create or replace function audit.dispose(store text, ids bigint[], because text, moment timestamptz)
returns bigint language plpgsql volatile security definer set search_path = public as $$
declare
    act_ uuid := nullif(current_setting('app.act', true), '')::uuid;
    here bigint; mine bigint[]; theirs bigint[]; subjects bigint[]; outside bigint; made bigint;
begin
    if act_ is null then raise exception 'A disposal is made inside recording().'; end if;
    if store not in ('event', 'history', 'look') then raise exception 'there is no such store'; end if;
    mine := access.governed_people(); theirs := access.governed_actors();
    execute case store when 'look' then $q$
        select count(*), (select array_agg(p) from recording_look l, unnest(l.person_ids) p where l.id = any($1)),
               count(*) filter (where disposal_id is not null or (person_ids <@ $2) is not true)
        from recording_look where id = any($1) $q$
    when 'history' then $q$
        select count(*), array_agg(person_id), count(*) filter (where disposal_id is not null
               or (person_id = any($2) or (person_id is null and actor_id = any($3))) is not true)
        from recording_history where id = any($1) $q$
    else $q$
        select count(*), array_agg(person_id), count(*) filter (where disposal_id is not null
               or code = 'audit.disposed' or (person_id = any($2) or (person_id is null and by_id = any($3))) is not true)
        from recording_event where id = any($1) $q$ end
    into here, subjects, outside using ids, mine, theirs;
    if here <> cardinality(ids) or outside > 0 then
        raise exception 'Some of these rows are not there, not of your area, or were disposed of before.'
            using errcode = 'insufficient_privilege';
    end if;
    if exists (select 1 from people_person p where p.id = any(subjects) and p.on_hold) then
        raise exception 'Somebody in these rows is on hold: nothing of theirs may be disposed of.'
            using errcode = 'check_violation';
    end if;
    insert into recording_disposal (store, row_ids, by_id, because, at, act)
    values (store, ids, access.actor(), because, moment, act_) returning id into made;
    if store = 'event' then
        update recording_event set disposal_id = made, act = null, ordinal = 1, code = '', person_id = null,
            icb_id = null, topic = null, subject = '', subject_id = null, words = '', detail = null, by_id = null,
            by_name = '', happened_at = null, recorded_at = null where id = any(ids);
    elsif store = 'history' then
        update recording_history set disposal_id = made, act = null, actor_id = null, "table" = '', row_id = null,
            person_id = null, change = '', before = null, after = null where id = any(ids);
    else
        update recording_look set disposal_id = made, actor_id = null, page = '', person_ids = null, why = ''
        where id = any(ids);
    end if;
    return made;
end $$;
