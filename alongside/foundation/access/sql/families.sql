-- Whether this actor works with somebody whom `who` is or was involved with, and may know of the family: then they may
-- read who `who` is. Nobody of a family reads of the others so.
create or replace function access.knows(who bigint) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return exists (
        select 1 from access_involvement i join people_person p on p.id = i.person_id
        where i.actor_id = who and i.from_at <= now()
          and not exists (select 1 from accounts_actor a where a.id = access.actor() and a.kind = 'family')
          and (p.id * 64 + 5 = any(access.people_topics())
               or (p.guard = 0 and (p.icb_id = any(access.areas(0)) or p.held_by && access.areas(0)))
               or (p.guard <= 1 and (p.icb_id = any(access.areas(1)) or p.held_by && access.areas(1)))));
end $$;

-- Whether this actor came in by the family door for this person: for themselves, or (not `own`) for their child.
create or replace function access.is_family_of(person bigint, own boolean) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return person = any(access.people()) and exists (
        select 1 from access_involvement i
        where i.actor_id = access.actor() and i.person_id = person and (i.because = 'own_record' or (i.because = 'family' and not own))
          and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

-- Whether whoever asks came in by the family door: what the family was not told is not shown to them.
create or replace function access.comes_as_family() returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return access.holds('young_person') or access.holds('family')
        or exists (select 1 from accounts_actor a where a.id = access.actor() and a.kind = 'family');
end $$;

-- Who is involved with a person now, for somebody who came in by the family door. The young person reads of everybody
-- but those told for safety of whom they were not told. A parent reads who the workers are; of others who work with their child only where who is
-- around the child was opened to them, and nothing of the rest of the family.
create or replace function access.who_is_with(person bigint) returns table (
    name varchar, post varchar, because varchar, topics smallint[], from_at timestamptz, to_at timestamptz)
language plpgsql stable security definer set search_path = public as $$
#variable_conflict use_column
begin
    if not access.is_family_of(person, false) then return; end if;
    return query
    select a.name, a.post, i.because, i.topics, i.from_at, i.to_at
    from access_involvement i join accounts_actor a on a.id = i.actor_id
    where i.person_id = person and i.from_at <= now() and (i.to_at is null or i.to_at > now())
      and exists (select 1 from access_opentopics o where o.involvement_id = i.id and o.from_at <= now()
                  and (o.to_at is null or o.to_at > now()))
      and (i.because = 'allocation'
           or (i.because in ('link', 'panel') and person * 64 + 5 = any(access.people_topics()))
           or (access.is_family_of(person, true) and (
               i.because in ('own_record', 'family', 'referral')
               or (i.because = 'break_glass' and access.may_be_told_of(i.because_id, true))
               or (i.because = 'override' and exists (
                   select 1 from people_agreementoverride v where v.involvement_id = i.id and v.told)))))
    order by i.from_at, i.id;
end $$;

-- Whether the family may know of an opening in an emergency: the young person unless somebody said that it is not safe
-- (or not yet), their parents once somebody said that the family was told.
create or replace function access.may_be_told_of(opening bigint, own boolean) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return exists (select 1 from guarded_opening o where o.id = opening and o.outcome = 'opened'
                   and (o.told = 'told' or (own and o.told = '')));
end $$;

-- Who opened a person's record, for somebody who came in by the family door: each with the reason why they may, on how
-- many days, and when last. A reason that the family may not know is no reason here, and then nothing stands here.
-- Lists of many people are left out. Own looks too. Taking a copy of the crisis card along is a look of its own, and
-- `taken_at` says when it was last.
drop function if exists access.who_looked(bigint, timestamptz, integer);
create function access.who_looked(person bigint, since timestamptz, most integer) returns table (
    actor bigint, name varchar, post varchar, why varchar, days bigint, last_at timestamptz, taken_at timestamptz)
language plpgsql stable security definer set search_path = public as $$
#variable_conflict use_column
declare
    own boolean := access.is_family_of(person, true);
    around boolean := own or person * 64 + 5 = any(access.people_topics());
    home bigint;
begin
    if not access.is_family_of(person, false) then return; end if;
    select p.icb_id into home from people_person p where p.id = person;
    return query
    with looked as materialized (
        select l.actor_id, (l.at at time zone 'Europe/London')::date as day, max(l.at) as last_at,
            max(l.taken_at) as taken_at
        from (
            select k.actor_id, k.at, null::timestamptz as taken_at from recording_look k
            where k.person_ids[1] = person and cardinality(k.person_ids) = 1 and k.at >= since
              and k.disposal_id is null
            union all
            select e.by_id, e.recorded_at, e.recorded_at from recording_event e
            where e.person_id = person and e.code = 'crisis_card.taken' and e.recorded_at >= since) l
        where l.actor_id <> access.actor()
          -- Under something that the family may not know of, an earlier reason is no cover: the look itself would tell.
          and not exists (
              select 1 from people_agreementoverride v join access_involvement u on u.id = v.involvement_id
              where v.person_id = person and v.actor_id = l.actor_id and not v.told
                and u.from_at <= l.at and (u.to_at is null or u.to_at > l.at))
          and not exists (
              select 1 from guarded_opening o
              where o.person_id = person and o.actor_id = l.actor_id and o.outcome = 'opened'
                and o.at <= l.at and coalesce(o.ended_at, o.until) > l.at and not access.may_be_told_of(o.id, own))
        group by 1, 2),
    said as (
        select k.actor_id, k.day, k.last_at, k.taken_at, coalesce(
            (select i.because from access_involvement i
             where i.actor_id = k.actor_id and i.person_id = person and i.from_at <= k.last_at
               and (i.to_at is null or i.to_at + interval '1 day' > k.last_at)
               and (i.because = 'allocation' or (around and i.because in ('link', 'panel'))
                    or (own and i.because = 'family'))
             order by i.id desc limit 1),
            (select r.role from accounts_roleheld r
             where r.actor_id = k.actor_id and r.area_id = home
               and r.role in ('manager', 'coordinator', 'commissioner', 'governance')
               and r.from_date <= k.day and (r.to_date is null or r.to_date >= k.day)
             order by r.id limit 1)) as why
        from looked k)
    select a.id, a.name, a.post, s.why::varchar, count(*), max(s.last_at), max(s.taken_at)
    from said s join accounts_actor a on a.id = s.actor_id where s.why is not null
    group by 1, 2, 3, 4 order by 6 desc, 1 limit most;
end $$;

-- Openings of a person's record in an emergency that the family may know of, the newest first.
create or replace function access.emergencies_of(person bigint, most integer) returns table (
    actor bigint, name varchar, post varchar, words varchar, at timestamptz, until timestamptz, checked_at timestamptz)
language plpgsql stable security definer set search_path = public as $$
#variable_conflict use_column
declare own boolean := access.is_family_of(person, true);
begin
    if not access.is_family_of(person, false) then return; end if;
    return query
    select a.id, a.name, a.post, o.words, o.at, coalesce(o.ended_at, o.until), o.reviewed_at
    from guarded_opening o join accounts_actor a on a.id = o.actor_id
    where o.person_id = person and access.may_be_told_of(o.id, own)
    order by o.at desc limit most;
end $$;

-- Somebody is no longer of the family, or a court limits what they may know, or they have lost parental responsibility,
-- or it was recorded by mistake: whatever was open to them closes, at once or with the last day, whoever writes it down.
create or replace function access.relation_changed() returns trigger
language plpgsql security definer set search_path = public as $$
declare before people_relation; closes timestamptz;
begin
    if tg_op = 'UPDATE' then before := old;
    else select * into before from people_relation r where r.id = new.supersedes_id; end if;
    if before.id is null then return null; end if;
    if (new.legal_limits <> '' and new.legal_limits is distinct from before.legal_limits)
       or (before.parental_responsibility and new.parental_responsibility is not true)
       or (tg_op = 'UPDATE' and new.supersedes_id is distinct from old.supersedes_id) then
        closes := now();
    elsif new.to_date is not null and new.to_date is distinct from before.to_date then
        closes := greatest(now(), case when new.to_date > (now() at time zone 'Europe/London')::date
                                       then access.day_begins(new.to_date + 1) else now() end);
    else
        return null;
    end if;
    update access_involvement i set to_at = greatest(i.from_at, closes)
    where i.person_id = new.person_id and i.because = 'family' and (i.to_at is null or i.to_at > closes)
      and (i.actor_id = coalesce(new.actor_id, before.actor_id) or i.because_id in (new.id, before.id));
    update accounts_invitation a set taken_back_at = now()
    where a.person_id = new.person_id and a.relation_id in (new.id, before.id) and a.taken_back_at is null
      and a.used_at is null;
    return null;
end $$;
create or replace trigger closes_the_door after insert or update on people_relation for each row
    execute function access.relation_changed();
