-- Everything the rules need to know about some people, in one statement; made anew after each migration.
-- Each column is one scalar subselect over all rows of the person and of whoever was merged into them (`w.ids`), by an
-- index, with only rows that no later one corrects. What few people have is a piece of `more`, by name: nothing where
-- there is none (`pieces/NAME.sql`). `reading.py` reads the columns in this order. With `locking` it first waits for
-- whoever stores for them.
-- It reads with the rights of the tables' owner, and only for the engine: nobody else gets a row. Under the policies
-- each of its hundred tables would be set up with the scope of whoever asks, which took longer than reading a person.

-- Whether somebody can open a topic of these records for longer than an emergency: by their work in the area, or by an
-- involvement that has no end.
create or replace function overview_opens(actor bigint, people bigint[], area bigint, held smallint, topic integer)
returns boolean language sql stable set search_path = public as $$
    select actor is not null and (exists (select 1 from access_opentopics o where o.actor_id = actor
        and o.person_id = any(people) and o.to_at is null and topic::smallint = any(o.topics))
      or exists (select 1 from accounts_roleheld h join access_reach r on r.role = h.role
        where h.actor_id = actor and h.area_id = area and h.to_date is null and r.reach = 'area'
        and topic::smallint = any(r.topics) and (held = 0 or (held = 1 and r.guarded))))
$$;

drop function if exists overview_facts(bigint[], boolean);
create function overview_facts(the_ids bigint[], locking boolean) returns table (id bigint, icb varchar,
      icb_id bigint, guard smallint, birth_date date, died_on date, reference varchar, family_name varchar,
      given_name text, teams json, diagnoses json, entries json, stays json, reviews json, circumstances json,
      consents json, allocations json, answers json, council varchar, rules_version bigint, is_stored boolean,
      plans json, closed_topics bigint, told json, actions json, capacity json, contacts json, plan json,
      outside json, stepping_down json, more json)
language plpgsql volatile rows 500 security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
    if not access.engine() then
        return;
    end if;
    if locking then
        perform 1 from people_person p where p.id = any(the_ids) order by p.id for no key update;
    end if;
    return query 
select p.id, o.code, p.icb_id, p.guard, p.birth_date, p.died_on, p.reference, p.family_name,
  coalesce(nullif(p.preferred_name, ''), p.given_name),
  (select json_object_agg(m.kind, json_build_array(m.id, m.name)) from organisations_team m
   where m.icb_id = p.icb_id and m.closed_on is null),
  (select json_agg(json_build_array(t.kind, t.basis) order by t.id) from people_diagnosis t
      where t.person_id = any(w.ids) and not exists (select 1 from people_diagnosis later
      where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.listing, t.entered_on, t.removed_on, t.removed_because, t.provisional,
      t.not_registered_before_admission, t.review_planned_on, t.imported_at, t.icb_id,
      (select json_agg(json_build_array(r.id, r.colour, r.rated_at,
      case when r.standing = 'decided' then 'decided' when r.standing = 'proposed' and not exists (select 1
      from register_rating d where d.decides_id = r.id) then 'proposed' else 'superseded' end, r.origin)
      order by r.rated_at, r.id) from register_rating r where r.entry_id = t.id)) order by t.id)
      from register_registerentry t where t.person_id = any(w.ids) and not exists (select 1
      from register_registerentry later where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.kind, t.admitted_at, t.discharged_at, t.security, t.adult_ward,
      t.unit_inadequate, t.intended_days, t.registered_before, hospital_went(t.id),
      (select json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at)
      from hospital_legalstatus l where l.stay_id = t.id)) order by t.id) from hospital_stay t
      where t.person_id = any(w.ids) and not exists (select 1 from hospital_stay later
      where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.kind, t.held_at, t.stay_id, t.statutory) order by t.id)
      from reviews_review t where t.person_id = any(w.ids) and not exists (select 1 from reviews_review later
      where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.kind, t.from_date, t.to_date) order by t.id)
      from people_circumstance t where t.person_id = any(w.ids) and not exists (select 1
      from people_circumstance later where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.purpose, t.answer, t.decided_on, t.evidenced, t.valid_until,
      (t.recorded_at at time zone 'Europe/London')::date, t.ask_again_on, t.basis = 'parental')
      order by t.id) from people_consent t where t.person_id = any(w.ids) and not exists (select 1 from people_consent later
      where later.supersedes_id = t.id) and t.recipient_kind = ''
      and (t.about_topics = '{}' or 1 = any(t.about_topics))),
  (select json_agg(json_build_array(t.id, t.worker_id, t.part, t.from_date, t.to_date, a.name, exists (
   select 1 from access_involvement i where i.person_id = t.person_id and i.because = 'allocation'
      and i.because_id = t.id and exists (select 1 from access_opentopics o where o.involvement_id = i.id))
   ) order by t.id)
   from keyworking_allocation t join accounts_actor a on a.id = t.worker_id where t.person_id = any(w.ids)
   and not exists (select 1 from keyworking_allocation later where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.duty_key, t.answer, t.on_date, t.because) order by t.id)
      from overview_dutyanswer t where t.person_id = any(w.ids) and not exists (select 1
      from overview_dutyanswer later where later.supersedes_id = t.id)),
  (select t.name from people_belonging t where t.person_id = any(w.ids) and not exists (select 1
      from people_belonging later where later.supersedes_id = t.id) and t.kind = 'council' and t.to_date is null
   order by t.id desc limit 1),
  (select max(id) from overview_recount),
  exists (select 1 from overview_duty d where d.person_id = any(w.ids))
    or exists (select 1 from overview_registerrow r where r.person_id = any(w.ids)),
  (select json_agg(json_build_array(t.duty_key, t.planned_for) order by t.id) from overview_dutyplan t
      where t.person_id = any(w.ids) and not exists (select 1 from overview_dutyplan later
      where later.supersedes_id = t.id)), p.closed_topics,
  (select json_agg(json_build_array(t.id, t.kind, t.topic, t.told_as, t.recorded_at, t.urgent) order by t.id)
      from people_postedchange t where t.person_id = any(w.ids) and not exists (select 1
      from people_postedchange later where later.supersedes_id = t.id) and t.answered_at is null),
  (select json_agg(json_build_array(coalesce(t.root_id, t.id), t.topic, t.state, left(t.what, 100), t.owner_id,
      t.by_link, coalesce(t.asked_at, t.recorded_at), coalesce(t.state_at, t.recorded_at), t.chased_at, t.due_on,
      t.waits_for, t.start_asked_from, t.origin = 'review', t.times) order by t.id) from actions_action t
      where t.person_id = any(w.ids) and not exists (select 1 from actions_action later
      where later.supersedes_id = t.id) and (t.state not in ('done', 'not_done',
      'superseded') or (t.state = 'done' and t.start_asked_from is not null))),
  (select json_agg(json_build_array(t.id, t.about, t.test, t.able, t.decided_on, t.review_date, t.which)
      order by t.id) from people_capacityrecord t where t.person_id = any(w.ids) and not exists (select 1
      from people_capacityrecord later where later.supersedes_id = t.id)),
  (select case when c.made is null and c.promises is null and c.appointments is null
      then null else json_build_array(c.made, c.promises, c.appointments) end
      from (select (select case when exists (select 1 from keyworking_contact t
      where t.person_id = any(w.ids)) then (select json_build_array((select min(x.at)
      from unnest(w.ids) as m(id) cross join lateral (select t.happened_at as at from keyworking_contact t
      where t.person_id = m.id and t.reached and t.with_whom && array['young_person', 'family']::varchar(12)[]
      and t.happened_at >= n.at and not exists (select 1 from keyworking_contact later
      where later.supersedes_id = t.id) order by t.happened_at limit 1) x), (select min(x.at)
      from unnest(w.ids) as m(id) cross join lateral (select t.happened_at as at from keyworking_contact t
      where t.person_id = m.id and t.reached and t.with_whom && array['young_person', 'family']::varchar(12)[]
      and t.happened_at >= n.at and t.way = 'visit' and not exists (select 1 from keyworking_contact later
      where later.supersedes_id = t.id) order by t.happened_at limit 1) x), l.at, (select max(x.at)
      from unnest(w.ids) as m(id) cross join lateral (select t.happened_at as at from keyworking_contact t
      where t.person_id = m.id and t.reached and t.with_whom @> array['young_person']::varchar(12)[]
      and t.way in ('visit', 'meeting', 'video') and not exists (select 1 from keyworking_contact later
      where later.supersedes_id = t.id) order by t.happened_at desc limit 1) x), (select count(*)
      from keyworking_contact t where t.person_id = any(w.ids) and not t.reached
      and t.happened_at > coalesce(l.at, '-infinity') and not exists (select 1 from keyworking_contact later
      where later.supersedes_id = t.id)))
      from (select (select max(a.from_date)::timestamp at time zone 'Europe/London'
      from keyworking_allocation a where a.person_id = any(w.ids) and a.part = 'designated'
      and a.to_date is null and not exists (select 1 from keyworking_allocation later
      where later.supersedes_id = a.id)) as at offset 0) n, (select (select max(x.at)
      from unnest(w.ids) as m(id) cross join lateral (select t.happened_at as at from keyworking_contact t
      where t.person_id = m.id and t.reached and t.with_whom && array['young_person', 'family']::varchar(12)[]
      and not exists (select 1 from keyworking_contact later
      where later.supersedes_id = t.id) order by t.happened_at desc limit 1) x) as at offset 0) l) end) as made,
      (select json_agg(json_build_array(t.id, t.who || case when t.organisation_name = ''
      then '' else ' at ' || t.organisation_name end, t.what, t.by_date, (select count(*)
      from keyworking_promisestep s where s.promise_id = t.id
      and s.kind = 'chased'), (select max((s.happened_at at time zone 'Europe/London')::date)
      from keyworking_promisestep s where s.promise_id = t.id and s.kind = 'chased')) order by t.id)
      from keyworking_promise t where t.person_id = any(w.ids) and not exists (select 1
      from keyworking_promise later where later.supersedes_id = t.id)
      and t.closed_at is null) as promises, (select json_agg(json_build_array(t.id, t.worker_id, t.starts_at,
      exists (select 1 from access_opentopics i where i.person_id = t.person_id and i.actor_id = t.worker_id
      and i.to_at is null)) order by t.id) from keyworking_appointment t
      where t.person_id = any(w.ids) and not exists (select 1 from keyworking_appointment later
      where later.supersedes_id = t.id) and t.called_off_at is null
      and t.contact_id is null) as appointments offset 0) c),
  (select json_build_array(v.id, v.recorded_at, v.review_on, s.id, s.recorded_at,
      (select json_build_array(coalesce(bool_or(t.voice = 'young_person'
      and t.answer <> 'unasked'), false), coalesce(bool_or(t.voice = 'young_person'
      and t.answer = 'unasked'), false), coalesce(bool_or(t.voice = 'family'), false))
      from plans_plananswer t where t.version_id = v.id), (select json_agg(json_build_array(t.id,
      t.recorded_at) order by t.id) from plans_plananswer t where t.version_id = v.id
      and t.answer not in ('agree', 'unasked') and not exists (select 1 from plans_plananswer l
      where l.version_id = t.version_id and l.voice = t.voice and l.relation_id is not distinct
      from t.relation_id and l.name = t.name and l.id > t.id)), (select json_agg(k.id order by k.id)
      from people_relation k where v.id is not null and k.person_id = any(w.ids) and k.to_date is null
      and (k.parental_responsibility or k.actor_id is not null) and not exists (select 1
      from people_relation later where later.supersedes_id = k.id) and not exists (select 1
      from plans_plananswer t where t.version_id = v.id and t.voice = 'family'
      and (t.relation_id = k.id or t.recorded_by_id = k.actor_id or t.name = k.name))))
      from (select t.id, t.recorded_at, t.review_on from plans_planversion t
      where t.person_id = any(w.ids) order by t.id desc limit 1) v full join (select t.id, t.recorded_at
      from plans_planproposal t where t.person_id = any(w.ids)
      and t.state = 'waiting' order by t.id desc limit 1) s on true),
  (select json_build_array(x.id, (x.happened_at at time zone 'Europe/London')::date, x.until)
      from (select t.id, t.happened_at, t.until, t.ended_on from keyworking_outsiderules t
      where t.person_id = any(w.ids) order by t.id desc limit 1) x where x.ended_on is null),
  (select nullif(json_build_array((select json_build_array(x.id, x.starts_on, x.ends_on, x.steps,
      x.lead_name <> '') from (select t.id, t.starts_on, t.ends_on, t.steps, t.lead_name, t.closed_on
      from keyworking_stepdown t where t.person_id = any(w.ids) order by t.id desc limit 1) x
      where x.closed_on is null), (select json_build_array(t.id, t.ended_on, t.reason,
      (select json_agg(q.number order by q.number) from keyworking_afterquestion q
      where q.ending_id in (select e.id from keyworking_ending e where e.allocation_id = t.allocation_id))) from keyworking_ending t where t.person_id = any(w.ids)
      order by t.id desc limit 1), (select true from keyworking_adultlead t
      where t.person_id = any(w.ids) limit 1))::text, '[null, null, null]')::json),
  nullif(json_strip_nulls(json_build_object(/* pieces */))::text, '{}')::json
from people_person p join organisations_organisation o on o.id = p.icb_id
cross join lateral (select array_agg(m.id) as ids from people_person m where m.id = p.id or m.survivor_id = p.id) w
cross join lateral (select array_agg(m.piece) as pieces from overview_mark m where m.person_id = any(w.ids)) k
where p.id = any(the_ids) and p.survivor_id is null order by p.id
;
end $$;
