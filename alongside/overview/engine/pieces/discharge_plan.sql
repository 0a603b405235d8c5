-- Each stay in a mental health hospital: its discharge plan, dates, root cause, and who was seen afterwards.
select json_agg(json_build_array(t.id,
  exists (select 1 from hospital_dischargeplan p where p.stay_id = t.id),
  (select json_build_array(d.expected_on, (d.happened_at at time zone 'Europe/London')::date)
  from hospital_dischargedate d where d.stay_id = t.id order by d.id desc limit 1),
  (select json_build_array(d.from_date, d.reason) from hospital_readyperiod d where d.stay_id = t.id
  and d.to_date is null and d.withdrawn_because = '' limit 1),
  exists (select 1 from hospital_rootcause c where c.stay_id = t.id),
  (select case when c.change_made_on is null then c.change_due_on end from hospital_rootcause c
  where c.stay_id = t.id order by c.id desc limit 1),
  exists (select 1 from hospital_leaving l where l.stay_id = t.id),
  exists (select 1 from hospital_lookback b where b.stay_id = t.id),
  (select c.happened_at from keyworking_contact c where c.person_id = any(w.ids) and c.reached
  and c.happened_at >= t.discharged_at and c.with_whom @> array['young_person']::varchar(12)[]
  and c.way <> 'text' and not exists (select 1 from keyworking_contact later where later.supersedes_id = c.id)
  order by c.happened_at desc limit 1)) order by t.id) from hospital_stay t
  where t.person_id = any(w.ids) and t.kind = 'mental_health_hospital' and not exists (select 1
  from hospital_stay later where later.supersedes_id = t.id)
