-- Circumstances (which of them are a phase is said by `PHASE_OF` of the policy), and since when the two-of-four
-- questions open keyworking; not what the agreement to the register leaves out.
select json_build_array(
  (select json_agg(json_build_array(t.kind, t.from_date, t.to_date) order by t.id) from people_circumstance t
  where t.person_id = any(w.ids) and (p.closed_topics >> t.topic) & 1 = 0
  and not exists (select 1 from people_circumstance later where later.supersedes_id = t.id)),
  (select case when t.opens_keyworking then (t.happened_at at time zone 'Europe/London')::date end
  from register_entryanswers t where t.person_id = any(w.ids) and t.tool = 'two_of_four'
  and (p.closed_topics >> t.topic) & 1 = 0
  and not exists (select 1 from register_entryanswers later where later.supersedes_id = t.id)
  order by t.id desc limit 1))
