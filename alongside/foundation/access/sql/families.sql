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

-- Who is involved with a person now, for somebody who came in by the family door. The young person reads of everybody
-- but those told for safety. A parent reads who the workers are; of others who work with their child only where who is
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
           or (access.is_family_of(person, true) and i.because in ('own_record', 'family', 'break_glass', 'referral')))
    order by i.from_at, i.id;
end $$;
