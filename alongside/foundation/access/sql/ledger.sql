-- What the ledger of agreements opens. `policy/agreements.py` says the same from plain facts, and a test compares.
-- No clock is read here: what ends on a day is stored with its end, so that it is right on any day. Only
-- `settle_ledger` sees everybody's answers; the functions below it see, when called alone, what the caller may.

create or replace function access.day_begins(day date) returns timestamptz
language sql immutable parallel safe as $$ select day::timestamp at time zone 'Europe/London' $$;

-- The answers that count: corrected ones don't. `day` is when it was decided, never later than it was recorded, and
-- without one as new as its recording; but a yes without a day is older than anything else where a yes with a day, or a
-- no that says how it is known, was given to the same question. A correction
-- stands in the place of what it corrects: `id` is that of the first. What was answered on a record that was merged is
-- what the same person answered: it counts for each record of theirs, until the merge is undone.
drop function if exists access.answers(bigint[]);
create or replace function access.answers(the_ids bigint[]) returns table (
    person_id bigint, purpose text, answer text, evidenced boolean, about smallint[], kind text, recipient bigint,
    until_ timestamptz, day date, happened_at timestamptz, id bigint, parental boolean)
language sql stable set search_path = public set enable_nestloop = on as $$
    with theirs(whose, record) as (
        select p.id, p.id from people_person p where p.id = any(the_ids)
        union all
        select p.id, p.survivor_id from people_person p where p.id = any(the_ids) and p.survivor_id is not null
        union all
        select p.id, m.id from people_person p join people_person m on m.survivor_id = coalesce(p.survivor_id, p.id)
        where p.id = any(the_ids) and m.id <> p.id)
    select t.whose, c.purpose, c.answer, c.evidenced, c.about_topics, c.recipient_kind, c.recipient_id,
           coalesce(access.day_begins(c.valid_until + 1), 'infinity'),
           case when c.decided_on is null and c.answer = 'given' and bool_or(case c.answer
                         when 'given' then c.decided_on is not null when 'unknown' then false else c.evidenced end)
                     over (partition by t.whose, c.purpose, c.recipient_kind, c.recipient_id) then '-infinity'
                else least(c.decided_on, (c.recorded_at at time zone 'Europe/London')::date) end,
           c.happened_at,
           case when c.supersedes_id is null then c.id else (
               with recursive before(id, supersedes_id) as (
                   select c.id, c.supersedes_id
                   union all
                   select e.id, e.supersedes_id from people_consent e join before b on e.id = b.supersedes_id)
               select min(b.id) from before b) end,
           c.basis = 'parental'
    from theirs t join people_consent c on c.person_id = t.record
    where not exists (select 1 from people_consent later where later.supersedes_id = c.id)
$$;

-- How closely the person's record is held, and which topics the register's agreement leaves out.
-- Topic 0 stands for every topic that no answer of theirs names; topic 1 is who they are. Without nested loops, because
-- for thousands of people at once (an import) they take a hundred times as long, and for one person no less.
create or replace function access.settle_people(the_ids bigint[]) returns void
language sql volatile set search_path = public set enable_nestloop = off as $$
    with said as (select * from access.answers(the_ids) where purpose = 'register' and kind = ''),
    named as (select s.person_id, array_agg(distinct t) as topics
              from said s, unnest(s.about || 0::smallint) t group by 1),
    newest as (
        select distinct on (s.person_id, t) s.person_id, t as topic,
               case when answer = 'given' then 0 when answer <> 'unknown' and evidenced then 3 else 1 end as level
        from said s join named n on n.person_id = s.person_id,
             unnest(case when s.about = '{}' then n.topics else s.about end) t
        order by s.person_id, t, s.day desc, s.happened_at desc, s.id desc),
    whole as (
        select person_id, coalesce(min(level) filter (where topic = 1), min(level) filter (where topic = 0), 1) as level,
               coalesce(min(level) filter (where topic = 0), 1) as others,
               coalesce(bit_or(1::bigint << topic) filter (where topic > 0), 0) as singly,
               coalesce(bit_or(1::bigint << topic) filter (where topic > 0 and level > 0), 0) as without
        from newest group by 1),
    wanted as (
        select p.id, case when w.level = 3 then 3 when p.restricted then 2 else coalesce(w.level, 1) end as guard,
               case when w.level = 0 then (case when w.others = 0 then 0 else -1 end & ~w.singly) | w.without
                    else 0 end as closed_topics
        from people_person p left join whole w on w.person_id = p.id where p.id = any(the_ids))
    update people_person p set guard = w.guard, closed_topics = w.closed_topics from wanted w
    where p.id = w.id and p.id = any(the_ids) and (p.guard, p.closed_topics) is distinct from (w.guard::smallint, w.closed_topics)
$$;

-- What each involvement with these people opens. The most specific recipient with an answer decides: the actor by
-- name (1), their organisation (2), their kind (3), nobody in particular (4), for a keyworker then the register (5).
create or replace function access.openings(the_ids bigint[]) returns table (
    involvement_id bigint, actor_id bigint, person_id bigint, topics smallint[], writes boolean,
    from_at timestamptz, to_at timestamptz)
language sql stable set search_path = public set enable_nestloop = on as $$
    with involved as materialized (
        select i.*, p.icb_id, access.day_begins((p.birth_date + interval '16 years')::date) as sixteen
        from access_involvement i join people_person p on p.id = i.person_id
        where i.person_id = any(the_ids) and (not p.restricted or i.sees_guarded >= 2)),
    said as materialized (
        select * from access.answers(array(select distinct person_id from involved where relies_on <> ''))),
    named as (select s.person_id, array_agg(distinct t) as topics from said s, unnest(s.about) t group by 1),
    -- Each topic that an answer names by itself; 0 for the rest of the involvement's topics.
    asked as (
        select i.id, i.person_id, i.actor_id, i.relies_on, i.recipient_kind, i.recipient_id, i.sixteen, t as topic
        from involved i left join named n on n.person_id = i.person_id,
             unnest(array(select u from unnest(i.topics) u where u = any(n.topics)) || 0::smallint) t
        where i.relies_on <> ''),
    levels as (
        select distinct on (a.id, a.topic, m.level) a.id, a.topic, m.level, s.answer,
               -- From 16 the young person decides what their family reads: a parent's yes does not stand for theirs.
               case when a.relies_on = 'keyworking' then 'infinity'
                    when a.recipient_kind = 'family' and s.parental then least(s.until_, a.sixteen) else s.until_ end
                   as until_
        from asked a join said s on s.person_id = a.person_id and (s.about = '{}' or a.topic = any(s.about)),
             lateral (select case
                 when a.relies_on = 'review' then case when s.purpose = 'review' and s.kind = 'review'
                                                        and s.recipient = a.recipient_id then 1 end
                 when s.purpose = a.relies_on and s.kind = 'actor' and s.recipient = a.actor_id then 1
                 when s.purpose = a.relies_on and s.kind = 'organisation' and s.recipient = a.recipient_id then 2
                 when s.purpose = a.relies_on and s.kind = a.recipient_kind and s.kind <> '' and s.recipient is null
                      then 3
                 when s.purpose = a.relies_on and s.kind = '' then 4
                 when a.relies_on = 'keyworking' and s.purpose = 'register' and s.kind = '' then 5 end as level) m
        where m.level is not null
        order by a.id, a.topic, m.level, s.day desc, s.happened_at desc, s.id desc),
    decided as (
        select distinct on (id, topic) id, topic, answer, until_ from levels where answer <> 'unknown'
        order by id, topic, level),
    agreed as (
        select d.id, d.until_, array_agg(t order by t) as topics
        from decided d join involved i on i.id = d.id left join named n on n.person_id = i.person_id,
             unnest(case when d.topic > 0 then array[d.topic]
                         else array(select u from unnest(i.topics) u where n.topics is null or u <> all(n.topics)) end) t
        where d.answer = 'given' group by 1, 2
        union all
        select id, 'infinity', topics from involved where relies_on = ''),
    -- A partner also needs an agreement between their organisation and the ICB; families and the ICB's own don't.
    gated as (
        select a.id, a.topics, a.until_, g.from_, g.to_
        from agreed a join involved i on i.id = a.id, lateral (
            select '-infinity'::timestamptz as from_, 'infinity'::timestamptz as to_
            where i.relies_on <> 'sharing' or i.recipient_kind = 'family' or i.recipient_id = i.icb_id
            union all
            select access.day_begins(s.signed_on), coalesce(access.day_begins(s.ends_on + 1), 'infinity')
            from organisations_sharingagreement s
            where i.relies_on = 'sharing' and i.recipient_kind <> 'family'
              and i.recipient_id is distinct from i.icb_id and s.icb_id = i.icb_id
              and (s.organisation_id = i.recipient_id
                   or (s.organisation_id is null and s.recipient_kind = i.recipient_kind))) g),
    timed as (
        select i.id, i.actor_id, i.person_id, g.topics, i.writes, greatest(i.from_at, g.from_) as from_,
               least(coalesce(i.to_at, 'infinity'), g.until_, g.to_) as to_
        from gated g join involved i on i.id = g.id)
    select id, actor_id, person_id, topics, writes, from_, nullif(to_, 'infinity') from timed
    where from_ < to_ and topics <> '{}'
$$;

-- How closely what follows from a topic of theirs is held: the register team's where the agreement leaves it out.
create or replace function access.guard_of(p people_person, topic integer) returns smallint
language sql immutable parallel safe as $$
    select case when (p.closed_topics >> topic) & 1 = 1 then greatest(p.guard, 1::smallint) else p.guard end
$$;

-- These records, and those of the same people: what was merged, and what it was merged into.
create or replace function access.records_of(the_ids bigint[]) returns bigint[]
language sql stable set search_path = public set enable_nestloop = on as $$
    with roots as (
        select distinct coalesce(p.survivor_id, p.id) as id from people_person p where p.id = any(the_ids))
    select coalesce(array_agg(id), '{}') from (
        select id from roots union all
        select m.id from roots r join people_person m on m.survivor_id = r.id) found
$$;

-- Derives for these people what the ledger says. Whoever waits here sees what was committed meanwhile.
create or replace function access.settle_ledger(the_ids bigint[]) returns void
language plpgsql volatile security definer set search_path = public set enable_nestloop = off set plan_cache_mode = force_custom_plan as $$
begin
    if coalesce(the_ids, '{}') = '{}' then return; end if;
    the_ids := access.records_of(the_ids);
    perform 1 from people_person where id = any(the_ids) order by id for no key update;
    perform access.settle_people(the_ids);
    -- Lists and duties are closed in the same statement; the engine works out the rest afterwards.
    update overview_registerrow r set guard = access.guard_of(p, 12) from people_person p
    where r.person_id = p.id and p.id = any(the_ids) and r.guard <> access.guard_of(p, 12);
    update overview_duty d set guard = access.guard_of(p, d.topic) from people_person p
    where d.person_id = p.id and p.id = any(the_ids) and d.guard <> access.guard_of(p, d.topic);
    with wanted as materialized (select * from access.openings(the_ids)),
    gone as (
        delete from access_opentopics o where o.person_id = any(the_ids) and not exists (
            select 1 from wanted w where w.involvement_id = o.involvement_id and w.topics = o.topics
              and w.writes = o.writes and w.from_at = o.from_at and w.to_at is not distinct from o.to_at))
    insert into access_opentopics (involvement_id, actor_id, person_id, topics, writes, from_at, to_at)
    select w.* from wanted w where not exists (
        select 1 from access_opentopics o where w.involvement_id = o.involvement_id and w.topics = o.topics
          and w.writes = o.writes and w.from_at = o.from_at and w.to_at is not distinct from o.to_at);
end $$;

create or replace function access.ledger_changed() returns trigger language plpgsql as $$
begin
    perform access.settle_ledger(array(select distinct person_id from changed));
    return null;
end $$;

create or replace function access.restriction_changed() returns trigger language plpgsql as $$
begin
    perform access.settle_ledger(array_remove(array[new.id, new.survivor_id, old.survivor_id], null));
    return null;
end $$;

-- An agreement between organisations begins, ends or is changed: everybody who relies on it in that area.
create or replace function access.gate_changed() returns trigger
language plpgsql security definer set search_path = public as $$
begin
    perform access.settle_ledger(array(
        select distinct i.person_id from access_involvement i join people_person p on p.id = i.person_id
        where i.relies_on = 'sharing' and p.icb_id in (new.icb_id, old.icb_id)));
    return null;
end $$;

create or replace trigger ledger_added after insert on people_consent
    referencing new table as changed for each statement execute function access.ledger_changed();
-- By hand one only says who works with whom under an agreement, and when that ends. What needs no agreement, or opens a
-- record that is held closely, is written by its own acts under the engine's identity.
create or replace function access.relies_on_agreement() returns trigger language plpgsql set search_path = public as $$
begin
    if current_user = pg_get_userbyid((select relowner from pg_class where oid = tg_relid)) or access.engine() then
        return new;
    end if;
    if (tg_op = 'INSERT' and (new.relies_on = '' or new.sees_guarded > 0))
       or (tg_op = 'UPDATE' and (to_jsonb(new) - 'to_at') is distinct from (to_jsonb(old) - 'to_at')) then
        raise exception 'Without an agreement nobody is involved by hand.' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger a_relies before insert or update on access_involvement for each row
    execute function access.relies_on_agreement();

create or replace trigger ledger_added after insert on access_involvement
    referencing new table as changed for each statement execute function access.ledger_changed();
create or replace trigger ledger_changed after update on access_involvement
    referencing new table as changed for each statement execute function access.ledger_changed();
create or replace trigger ledger_changed after update on people_person for each row
    when ((old.restricted, old.icb_id, old.birth_date, old.survivor_id)
          is distinct from (new.restricted, new.icb_id, new.birth_date, new.survivor_id))
    execute function access.restriction_changed();
create or replace trigger ledger_changed after insert or update on organisations_sharingagreement
    for each row execute function access.gate_changed();

-- How many people were on a register during a quarter of a year and have since said no, so that closed periods keep their
-- count. For those who see numbers of the area or run its register. One whole quarter at a time, and none as well as a
-- number below `smallest` (never under five) is empty: two numbers a day apart, or "none", would tell of one person.
create or replace function access.closed_in(from_ date, to_ date, smallest integer)
returns table (icb_id bigint, listing text, people bigint)
language plpgsql stable security definer set search_path = public as $$
begin
    if from_ <> date_trunc('quarter', from_)::date or to_ <> (from_ + interval '3 months')::date - 1 then
        raise exception 'Counts are given for one whole quarter of a year.' using errcode = 'check_violation';
    end if;
    return query
    with mine as (
        select distinct o.id from accounts_roleheld r join access_reach a on a.role = r.role
        join organisations_organisation o on o.id = r.area_id or o.region_id = r.area_id
        where r.actor_id = access.actor() and o.kind = 'icb' and a.reach in ('counts', 'area')
          and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()))
    select m.id, l.name,
           case when count(distinct c.person_id) >= greatest(smallest, 5) then count(distinct c.person_id) end
    from mine m cross join (values ('adult'), ('child')) l(name)
    left join people_closedrecord c on c.icb_id = m.id and c.listing = l.name and c.entered_on <= to_
          and (c.closed_at at time zone 'Europe/London')::date >= from_
    group by 1, 2 order by 1, 2;
end $$;
