-- Emergency meetings, those still being written, and the open log of a crisis.
select nullif(json_build_array(
  (select json_agg(json_build_array(t.id, t.happened_at, t.recorded_at, t.no_review_at is not null,
  t.keyworker_read_at is not null, t.register_read_at is not null,
  case when t.checked_at is null then coalesce(t.watcher_id, 0) else 0 end,
  overview_opens(t.watcher_id, w.ids, p.icb_id, p.guard, 14),
  (select json_agg(json_build_array(k.action_id, k.due_at) order by k.action_id)
  from emergency_emergencytask k where k.meeting_id = t.id),
  t.outcome in ('informal', 'detained') and t.not_admitted_at is null) order by t.id)
  from emergency_emergencymeeting t where t.person_id = any(w.ids) and not exists (select 1
  from emergency_emergencymeeting later where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.begun_at, t.actor_id,
  overview_opens(t.actor_id, w.ids, p.icb_id, p.guard, 14)) order by t.id)
  from emergency_emergencydraft t where t.person_id = any(w.ids)),
  (select json_build_array(x.id, x.last_at, x.next_writer_id, x.next_at,
  overview_opens(x.next_writer_id, w.ids, p.icb_id, p.guard, 15)) from (select t.id, t.last_at, t.next_writer_id,
  t.next_at
  from emergency_crisislog t where t.person_id = any(w.ids) and t.closed_at is null
  and not exists (select 1 from emergency_crisislog later where later.supersedes_id = t.id)
  order by t.id desc limit 1) x))::text, '[null, null, null]')::json
