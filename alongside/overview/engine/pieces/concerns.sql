-- Concerns, disputes, money asked for and placement notices that are open; notices nobody followed; the last visit.
select nullif(json_strip_nulls(json_build_object(
  'concerns', (select json_agg(json_build_array(coalesce(t.root_id, t.id), t.topic, t.kind, t.severity, t.place,
  t.recorded_at, t.stepped_at, case when overview_opens(t.lead_id, w.ids, p.icb_id, p.guard,
  t.topic) then t.lead_id end, t.council_told_at,
  t.council_answered_on is not null, t.look_on, t.found_on, t.raiser_told_on is not null,
  t.told or t.not_to_be_told) order by t.id) from concerns_concern t where t.person_id = any(w.ids)
  and t.closed_at is null and not exists (select 1 from concerns_concern later where later.supersedes_id = t.id)),
  'disputes', (select json_agg(json_build_array(coalesce(t.root_id, t.id), t.opened_on, t.interim_owner,
  t.interim_from, t.interim_to, t.interim_accepted_on is not null, coalesce(t.stepped_at, t.recorded_at),
  case when overview_opens(t.lead_id, w.ids, p.icb_id, p.guard, t.topic) then t.lead_id end) order by t.id)
  from concerns_dispute t where t.person_id = any(w.ids)
  and t.closed_at is null and not exists (select 1 from concerns_dispute later where later.supersedes_id = t.id)),
  'funding', (select json_agg(json_build_array(coalesce(t.root_id, t.id), t.what_for,
  (select json_agg(json_build_array(s.id, coalesce(nullif(s.body_name, ''), case s.body when 'icb' then 'the ICB'
  when 'care' then 'children’s social care' when 'education' then 'education' else 'another body' end),
  coalesce(s.chased_on, s.asked_on), s.panel_on) order by s.id) from concerns_fundingpart s
  where s.of_id in (t.root_id, t.id) and s.answer = ''), t.decided_on, t.outcome, t.told, t.starts_on,
  t.started_on is not null, case when overview_opens(t.lead_id, w.ids, p.icb_id, p.guard,
  t.topic) then t.lead_id end) order by t.id) from concerns_funding t where t.person_id = any(w.ids)
  and t.closed_at is null and not exists (select 1 from concerns_funding later where later.supersedes_id = t.id)),
  'notices', (select json_agg(json_build_array(coalesce(t.root_id, t.id), t.place, t.given_on, t.ends_on,
  t.last_day_plan <> '', (select max(greatest(s.asked_on, s.answered_on)) from concerns_placementsearch s
  where s.of_id in (t.root_id, t.id)), case when overview_opens(t.lead_id, w.ids, p.icb_id, p.guard,
  t.topic) then t.lead_id end) order by t.id) from concerns_placementnotice t
  where t.person_id = any(w.ids) and t.closed_at is null
  and not exists (select 1 from concerns_placementnotice later where later.supersedes_id = t.id)),
  'unfollowed', (select json_agg(json_build_array(t.id, (t.happened_at at time zone 'Europe/London')::date)
  order by t.id) from people_lifeevent t where t.person_id = any(w.ids) and t.kind = 'placement_notice'
  and not exists (select 1 from people_lifeevent later where later.supersedes_id = t.id)
  and not exists (select 1 from concerns_placementnotice n where n.person_id = any(w.ids)
  and n.given_on >= (t.happened_at at time zone 'Europe/London')::date - 31)),
  'visited', (select json_build_array(t.id, t.visited_on, t.again_on) from concerns_qualityvisit t
  where t.person_id = any(w.ids) and not exists (select 1 from concerns_qualityvisit later
  where later.supersedes_id = t.id) order by t.visited_on desc, t.id desc limit 1)))::text, '{}')::json
