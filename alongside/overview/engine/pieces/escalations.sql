-- What is escalated and to whom, with the officers who may be asked; what was decided not to raise; refusals.
select case when e.running is null and e.held is null and e.refusals is null then null
  else json_build_array(e.running, e.held, e.refusals, case when e.running is not null then (select json_agg(
  json_build_array(f.id, f.actor_id, a.name, f.agency, f.level, f.rank, f.from_date, f.to_date, a.left_on,
  exists (select 1 from accounts_roleheld h where h.actor_id = f.actor_id and h.to_date is null),
  (select json_agg(json_build_array(b.from_date, b.to_date) order by b.id) from escalation_officerabsence b
  where b.officer_id = f.id)) order by f.id) from escalation_officer f join accounts_actor a on a.id = f.actor_id
  where f.icb_id = e.icb) end) end
  from (select (select json_agg(json_build_array(t.id, t.topic, left(t.what, 100), t.level, t.agency,
  coalesce(t.level_from, t.recorded_at), t.about, t.about_id, t.about_rule, t.state, t.state_at, t.until,
  (select json_agg(json_build_array(s.kind, s.at,
  s.until) order by s.id) from escalation_escalationstep s where s.escalation_id = t.id
  and s.at >= coalesce(t.level_from, t.recorded_at)),
  (select json_agg(distinct s.officer_id) from escalation_escalationstep s where s.escalation_id = t.id
  and s.at >= coalesce(t.level_from, t.recorded_at) and s.kind in ('told', 'acknowledged', 'returned')
  and s.officer_id is not null), p.guard <> 0 or (p.closed_topics >> t.topic) & 1 = 1) order by t.id)
  from escalation_escalation t where t.person_id = any(w.ids)
  and t.state in ('open', 'returned', 'paused')) as running,
  (select json_agg(json_build_array(h.about, h.about_id, h.about_rule, h.until, h.over_on)) from (select t.about,
  t.about_id, t.about_rule, max(t.until) filter (where t.state = 'not_raised') as until,
  max((t.state_at at time zone 'Europe/London')::date) filter (where t.state <> 'not_raised') as over_on
  from escalation_escalation t where t.person_id = any(w.ids) and t.state in ('not_raised', 'decided', 'withdrawn')
  and t.about_id is not null group by 1, 2, 3 order by 1, 2, 3) h) as held,
  (select json_agg(json_build_array(t.id, t.topic, left(t.asked_for, 100), t.place,
  (t.happened_at at time zone 'Europe/London')::date, left(t.then_what, 100), t.then_on) order by t.id)
  from escalation_refusal t where t.person_id = any(w.ids) and t.settled = '' and not exists (select 1
  from escalation_refusal later where later.supersedes_id = t.id)) as refusals,
  (select coalesce(min(x.recorded_icb_id), p.icb_id) from escalation_escalation x where x.person_id = any(w.ids)
  and x.state in ('open', 'returned', 'paused')) as icb offset 0) e
