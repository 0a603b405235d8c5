-- What is unusual about who looked at whom, for information governance of the areas concerned. Plain questions, no score.
-- Whoever asks learns the colleague, the reference on the record's page and how often; never a name of the person.
create or replace function access.unusual_looks(since timestamptz, most integer)
returns table (kind text, actor bigint, reference varchar, people bigint, last_at timestamptz)
language plpgsql stable security definer set search_path = public as $$
declare mine bigint[] := access.governed_people(); theirs bigint[] := access.governed_actors();
begin
    if access.governed_areas() = '{}' then return; end if;
    return query
    with looked as materialized (
        -- One person at a time: a list shows whoever is on it.
        select l.actor_id, l.person_ids[1] as person_id, max(l.at) as last_at, count(*) as times
        from recording_look l
        where l.at >= since and cardinality(l.person_ids) = 1 and l.disposal_id is null
          and l.page !~ '^(audit|opening|restrict|retention|disposal|subject access)'
          and (l.actor_id = any(theirs) or l.person_ids[1] = any(mine))
          -- A young person and their family come by their own door: a shared name is no question there.
          and not exists (select 1 from access_involvement i
                          where i.actor_id = l.actor_id and i.person_id = l.person_ids[1]
                            and i.because in ('own_record', 'family')
                            and i.from_at <= l.at and (i.to_at is null or i.to_at > l.at))
        group by 1, 2),
    known as materialized (
        select k.*, p.reference as ref, a.name, lower(p.family_name) as family,
               lower(regexp_replace(a.name, '^.*\s', '')) as own,
               lower(trim(p.given_name || ' ' || p.family_name)) as whole, lower(a.name) as own_whole,
               p.id = any(mine) as is_mine
        from looked k join people_person p on p.id = k.person_id join accounts_actor a on a.id = k.actor_id)
    (select 'same name', k.actor_id, case when k.is_mine then k.ref end, k.times, k.last_at from known k
     where k.whole = k.own_whole and k.whole <> '' order by k.last_at desc limit most)
    union all
    (select 'same family name', k.actor_id, case when k.is_mine then k.ref end, k.times, k.last_at from known k
     where k.family = k.own and k.family <> '' and k.whole <> k.own_whole order by k.last_at desc limit most)
    union all
    (select 'not involved', k.actor_id, null, count(*), max(k.last_at) from known k
     where not exists (select 1 from access_involvement i where i.actor_id = k.actor_id and i.person_id = k.person_id
                       and i.from_at <= k.last_at)
       and not exists (select 1 from recording_event e where e.person_id = k.person_id and e.by_id = k.actor_id)
       and not exists (select 1 from overview_duty d where d.person_id = k.person_id and d.owner_actor_id = k.actor_id)
     group by k.actor_id order by count(*) desc limit most)
    union all
    (select 'many in an hour', h.actor_id, null, h.many, h.last_at from (
        select l.actor_id, date_trunc('hour', l.at) as hour, count(distinct l.person_ids[1]) as many, max(l.at) as last_at
        from recording_look l
        where l.at >= since and cardinality(l.person_ids) = 1 and l.actor_id = any(theirs) and l.disposal_id is null
        group by 1, 2 having count(distinct l.person_ids[1]) >= 30) h
     order by h.many desc limit most);
end $$;

-- What the engine wrote was somebody's act: in whose name. For information governance, of what concerns its areas.
create or replace function access.acted_by(acts uuid[]) returns table (act uuid, by_name varchar)
language plpgsql stable security definer set search_path = public as $$
begin
    if access.governed_areas() = '{}' then return; end if;
    return query select e.act, e.by_name from recording_event e
        where e.act = any(acts) and e.ordinal = 1 and e.disposal_id is null;
end $$;

-- The newest acts of these colleagues, as far as they work in the areas of whoever asks.
create or replace function access.acts_of(actors bigint[], most integer) returns setof uuid
language plpgsql stable security definer set search_path = public as $$
declare theirs bigint[] := access.governed_actors();
begin
    return query select distinct s.act from (
        select e.act from recording_event e
        where e.by_id = any(actors) and e.by_id = any(theirs) and e.act is not null
        order by e.id desc limit most) s;
end $$;

-- What connected the colleague with the record they opened, as it was then: an emergency opening, an involvement, a duty
-- of theirs, or else the role in the area that held the record. Empty where nothing did. For information governance.
create or replace function access.reasons(looks bigint[]) returns table (look bigint, reason text)
language plpgsql stable security definer set search_path = public as $$
declare mine bigint[] := access.governed_people(); theirs bigint[] := access.governed_actors();
begin
    if access.governed_areas() = '{}' then return; end if;
    return query
    select l.id, (
        select why from (
            select 1 as n, 'emergency ' || o.reason as why from guarded_opening o
            where o.actor_id = l.actor_id and o.person_id = l.person_ids[1] and o.outcome = 'opened'
              and l.at between o.at and coalesce(o.ended_at, o.until)
            union all
            select 2, 'involved ' || i.because from access_involvement i
            where i.actor_id = l.actor_id and i.person_id = l.person_ids[1]
              and i.from_at <= l.at and (i.to_at is null or i.to_at > l.at)
            union all
            select 3, 'duty' from overview_duty d where d.person_id = l.person_ids[1] and d.owner_actor_id = l.actor_id
            union all
            select 4, 'role ' || r.role from accounts_roleheld r
            where r.actor_id = l.actor_id and r.from_date <= (l.at at time zone 'Europe/London')::date
              and (r.to_date is null or r.to_date >= (l.at at time zone 'Europe/London')::date)
              and (cardinality(l.person_ids) <> 1 or exists (
                  select 1 from people_person p where p.id = l.person_ids[1]
                    and (p.icb_id = r.area_id or r.area_id = any(p.held_by))))) known
        order by n, why limit 1)
    from recording_look l
    where l.id = any(looks) and l.disposal_id is null
      and (l.actor_id = any(theirs) or l.person_ids && mine);
end $$;
