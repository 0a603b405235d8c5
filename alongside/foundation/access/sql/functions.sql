-- Who is asking, and whom they reach. Run by `settle` as the owner after every migration; each statement
-- can be run again. The functions are `stable`, so that a policy's `(select …)` calls each once a statement.
create schema if not exists access;

-- The day it is where the service works: what counts from a day or through one changes at midnight there.
create or replace function access.today() returns date language sql stable parallel safe as $$
    select (now() at time zone 'Europe/London')::date
$$;

create or replace function access.actor() returns bigint
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select k.actor_id from access_accesskey k
            where k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8')) and k.ended_at is null
              and k.kind not in ('sign_in', 'worker'));
end $$;

create or replace function access.engine() returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (select 1 from access_accesskey k
                   where k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8'))
                     and k.kind = 'engine' and k.ended_at is null);
end $$;

create or replace function access.holds(wanted text) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (select 1 from accounts_roleheld r
                   where r.actor_id = access.actor() and r.role = wanted
                     and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()));
end $$;

-- 0: areas whose agreed people one reaches; 1: also those whose agreement is not confirmed; 2: areas one may change.
-- A successor reads what its predecessors recorded.
create or replace function access.areas(level integer) returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (with recursive held(id) as (
        select r.area_id from accounts_roleheld r join access_reach a on a.role = r.role
        where r.actor_id = access.actor() and a.reach = 'area'
          and (level <> 1 or a.guarded) and (level <> 2 or a.writes)
          and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today())
        union
        select s.predecessor_id from organisations_succession s join held on held.id = s.successor_id
        where s.undone_at is null and s.whole and s.on_date <= access.today())
    select coalesce(array_agg(id), '{}') from held);
end $$;

create or replace function access.area_topics() returns smallint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(distinct t), '{}') from accounts_roleheld r
            join access_reach a on a.role = r.role, unnest(a.topics) t
            where r.actor_id = access.actor() and a.reach = 'area'
              and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()));
end $$;

create or replace function access.people() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(distinct i.person_id), '{}') from access_opentopics i
            where i.actor_id = access.actor() and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

create or replace function access.people_topics() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(distinct i.person_id * 64 + t), '{}') from access_opentopics i, unnest(i.topics) t
            where i.actor_id = access.actor() and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

create or replace function access.area_writes(person bigint) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (select 1 from people_person p where p.id = person and p.icb_id = any(access.areas(2))
                   and (p.guard = 0 or (p.guard = 1 and p.icb_id = any(access.areas(1)))
                        or person = any(access.people())));
end $$;

create or replace function access.may_write(person bigint) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return access.area_writes(person) or exists (
        select 1 from access_opentopics i
        where i.actor_id = access.actor() and i.person_id = person and i.writes
          and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

-- The same for one topic: whoever may not read it through their area or involvement doesn't write it either.
create or replace function access.may_write(person bigint, topic integer) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (
        select 1 from people_person p
        where p.id = person and p.icb_id * 64 + topic = any(access.reach(2))
          and (p.guard = 0 or (p.guard = 1 and p.icb_id = any(access.areas(1)))
               or p.id * 64 + topic = any(access.people_topics())))
    or exists (
        select 1 from access_opentopics i
        where i.actor_id = access.actor() and i.person_id = person and i.writes and topic = any(i.topics)
          and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

-- A page asks once: who am I, what do I reach. Ends a key that was idle or open too long.
create or replace function access.me(at timestamptz, idle interval, longest interval) returns jsonb
language plpgsql volatile security definer set search_path = public as $$
declare
    k access_accesskey; today date := (at at time zone 'Europe/London')::date;
begin
    select * into k from access_accesskey
    where digest = sha256(convert_to(current_setting('app.key', true), 'UTF8')) and ended_at is null
      and kind not in ('sign_in', 'worker');
    if k.id is null then return null; end if;
    -- A family's phone lies about, or is lent: whoever came in by a code stays for less time.
    if k.second_factor = 'family' then
        idle := least(idle, interval '15 minutes'); longest := least(longest, interval '2 hours');
    end if;
    if k.kind = 'session' and (at - k.seen_at > idle or at - k.opened_at > longest) then
        update access_accesskey set ended_at = at where id = k.id;
        return jsonb_build_object('ended', case when at - k.opened_at > longest then 'longest' else 'idle' end);
    end if;
    if exists (select 1 from accounts_actor a where a.id = k.actor_id and a.left_on <= today) then
        update access_accesskey set ended_at = at where id = k.id;
        return null;
    end if;
    if at - k.seen_at > interval '1 minute' then
        update access_accesskey set seen_at = at where id = k.id;
    end if;
    return (select jsonb_build_object(
        'id', a.id, 'name', a.name, 'post', a.post, 'kind', a.kind, 'second_factor', k.second_factor,
        'agreed', access.areas(0), 'guarded', access.areas(1), 'writes', access.areas(2),
        'topics', access.area_topics(), 'agreed_topics', access.reach(0), 'guarded_topics', access.reach(1),
        'roles', (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'area', r.area_id, 'team', r.team_id,
                      'area_name', o.name, 'area_code', o.code, 'team_kind', t.kind, 'team_name', t.name,
                      'holds_inbox', r.holds_inbox) order by r.id), '[]')
                  from accounts_roleheld r join organisations_organisation o on o.id = r.area_id
                  left join organisations_team t on t.id = r.team_id
                  where r.actor_id = a.id and r.from_date <= today
                    and (r.to_date is null or r.to_date >= today)),
        'demonstration', (select demonstration from organisations_installation),
        'emergencies', (select coalesce(jsonb_agg(jsonb_build_object('opening', i.because_id, 'reference', p.reference,
                            'until', i.to_at) order by i.to_at), '[]')
                        from access_involvement i join people_person p on p.id = i.person_id
                        where i.actor_id = a.id and i.because = 'break_glass' and i.to_at > now()))
        from accounts_actor a where a.id = k.actor_id);
end $$;

-- Sign-in opens a key for an actor; the caller keeps the key, the database its digest. It takes the proof that only
-- the server's own configuration holds: a statement slipped into a query can't sign anybody in.
drop function if exists access.open_key(bigint, text, text, text, timestamptz);
create or replace function access.open_key(who bigint, key text, sort text, factor text, at timestamptz, proof text)
returns void language plpgsql volatile security definer set search_path = public as $$
begin
    if sort not in ('session', 'command') then raise exception 'only sessions and commands open keys'; end if;
    if not exists (select 1 from access_accesskey k where k.kind = 'sign_in' and k.ended_at is null
                   and k.digest = sha256(convert_to(proof, 'UTF8'))) then
        raise exception 'Keys are opened by signing in.' using errcode = 'insufficient_privilege';
    end if;
    if exists (select 1 from accounts_actor a where a.id = who
               and (a.kind = 'engine' or a.left_on <= (at at time zone 'Europe/London')::date)) then
        raise exception 'No key for the engine, nor for somebody who has left.' using errcode = 'insufficient_privilege';
    end if;
    insert into access_accesskey (digest, actor_id, kind, opened_at, seen_at, second_factor)
    values (sha256(convert_to(key, 'UTF8')), who, sort, at, at, factor);
end $$;

create or replace function access.end_key(at timestamptz) returns void
language plpgsql volatile security definer set search_path = public as $$
begin
    update access_accesskey set ended_at = at
    where digest = sha256(convert_to(current_setting('app.key', true), 'UTF8')) and ended_at is null
      and kind not in ('engine', 'sign_in', 'worker');
end $$;

-- The server while somebody signs in: it looks accounts up, and reaches nobody's record.
create or replace function access.signing_in() returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (select 1 from access_accesskey k
                   where k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8'))
                     and k.kind = 'sign_in' and k.ended_at is null);
end $$;

-- The account of whoever asks.
create or replace function access.own_user() returns bigint
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select a.user_id from accounts_actor a where a.id = access.actor());
end $$;

-- One Person in the country: whether an NHS number is taken, without telling whose it is.
create or replace function access.nhs_number_taken(wanted text) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    -- Whoever matches people may ask; anybody else is told that it is taken, whatever the truth.
    if not (access.engine() or access.holds('coordinator') or access.holds('manager')) then return true; end if;
    -- A number stays taken on a record that was merged, and after the NHS gave another in its place.
    return exists (select 1 from people_person where nhs_number = wanted)
        or exists (select 1 from people_formernumber f where f.number = wanted and f.why = 'superseded');
end $$;

-- Where information governance is this actor's: the areas with what they took over, who works there, who is theirs.
create or replace function access.governed_areas() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (with recursive held(id) as (
        select r.area_id from accounts_roleheld r
        where r.actor_id = access.actor() and r.role = 'governance'
          and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today())
        union
        select s.predecessor_id from organisations_succession s join held on held.id = s.successor_id
        where s.undone_at is null and s.whole and s.on_date <= access.today())
    select coalesce(array_agg(id), '{}') from held);
end $$;

create or replace function access.governed_actors() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(distinct r.actor_id), '{}') from accounts_roleheld r
            where r.area_id = any(access.governed_areas()));
end $$;

create or replace function access.governed_people() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
declare areas bigint[] := access.governed_areas();
begin
    if areas = '{}' then return '{}'; end if;
    return (select coalesce(array_agg(p.id), '{}') from people_person p
            where p.icb_id = any(areas) or p.held_by && areas);
end $$;

-- Information governance asks about a person by the reference on their page, and learns nothing else of them.
create or replace function access.governed_person(wanted text) returns bigint
language plpgsql stable security definer set search_path = public as $$
declare areas bigint[] := access.governed_areas();
begin
    return (select p.id from people_person p
            where p.reference = wanted and (p.icb_id = any(areas) or p.held_by && areas));
end $$;

-- Area * 64 + topic, for areas reached (0: agreed people, 1: also those whose agreement is not confirmed, 2: what one
-- may change there).
create or replace function access.reach(level integer) returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (with recursive held(id, topics) as (
        select r.area_id, a.topics from accounts_roleheld r join access_reach a on a.role = r.role
        where r.actor_id = access.actor() and a.reach = 'area' and (level <> 1 or a.guarded)
          and (level <> 2 or a.writes)
          and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today())
        union
        select s.predecessor_id, held.topics from organisations_succession s join held on held.id = s.successor_id
        where s.undone_at is null and s.whole and s.on_date <= access.today())
    select coalesce(array_agg(distinct held.id * 64 + t), '{}') from held, unnest(held.topics) t);
end $$;

create or replace function access.areas_of(wanted text) returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(r.area_id), '{}') from accounts_roleheld r
            where r.actor_id = access.actor() and r.role = wanted
              and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()));
end $$;

-- Areas in which this actor works, in whatever role. Nobody works there who comes in by the family door.
create or replace function access.staff_areas() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(distinct r.area_id), '{}') from accounts_roleheld r
            where r.actor_id = access.actor() and r.role not in ('young_person', 'family')
              and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()));
end $$;

-- Who is involved with whom is decided by those who run the register or the keyworking service of the area.
create or replace function access.runs_register(person bigint) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return access.area_writes(person)
       and exists (select 1 from people_person p where p.id = person
                   and p.icb_id = any(access.areas_of('coordinator') || access.areas_of('manager')));
end $$;

-- Areas for which this actor is named to keep what stays of records that were closed.
create or replace function access.custodian_areas() returns bigint[]
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return (select coalesce(array_agg(r.area_id), '{}') from accounts_roleheld r
            where r.actor_id = access.actor() and r.role = 'coordinator' and r.custodian
              and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()));
end $$;
