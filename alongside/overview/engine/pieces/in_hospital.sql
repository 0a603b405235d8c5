-- What stands about a stay beside the stay: notices, visits, who knows, wards, segregation, leave.
select case when exists (select 1 from hospital_stay t where t.person_id = any(w.ids))
  then nullif(json_build_array(
  (select json_agg(json_build_array(t.stay_id, t.kind, t.body) order by t.id) from hospital_staynotice t
  where t.person_id = any(w.ids) and not exists (select 1 from hospital_staynotice later
  where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(x.stay_id, x.at) order by x.stay_id) from (select t.stay_id,
  max(t.happened_at) as at from hospital_oversightvisit t where t.person_id = any(w.ids) and t.face_to_face
  and not exists (select 1 from hospital_oversightvisit later where later.supersedes_id = t.id)
  group by t.stay_id) x),
  (select json_agg(json_build_array(t.id, t.recorded_at) order by t.id) from hospital_stay t
  where t.person_id = any(w.ids) and t.kind = 'mental_health_hospital' and t.discharged_at is null
  and not exists (select 1 from hospital_stay later where later.supersedes_id = t.id)
  and exists (select 1 from keyworking_allocation a where a.person_id = any(w.ids) and a.part = 'designated'
  and a.to_date is null and a.from_date <= (t.recorded_at at time zone 'Europe/London')::date
  and a.worker_id <> t.recorded_by_id and not exists (select 1 from keyworking_allocation later
  where later.supersedes_id = a.id) and not exists (select 1 from hospital_admissionknown k
  where k.stay_id = t.id and k.keyworker_id = a.worker_id and not exists (select 1
  from hospital_admissionknown later where later.supersedes_id = k.id)))),
  (select json_agg(json_build_array(x.stay_id, x.adult_ward, x.inadequate, x.from_at, x.to_at) order by x.id)
  from (select t.id, t.stay_id, t.adult_ward, t.unit_rating = 'inadequate' as inadequate, t.from_at,
  lead(t.from_at) over (partition by t.stay_id order by t.from_at, t.id) as to_at from hospital_wardstay t
  where t.person_id = any(w.ids) and not exists (select 1 from hospital_wardstay later
  where later.supersedes_id = t.id)) x where x.adult_ward or x.inadequate),
  (select json_agg(json_build_array(t.id, t.stay_id, t.from_at,
  (select max(l.happened_at) from hospital_segregationlook l where l.segregation_id = t.id
  and l.kind = 'clinician' and not exists (select 1 from hospital_segregationlook later
  where later.supersedes_id = l.id)),
  (select max(l.happened_at) from hospital_segregationlook l where l.segregation_id = t.id
  and l.kind = 'team' and not exists (select 1 from hospital_segregationlook later
  where later.supersedes_id = l.id)),
  (select max(l.happened_at) from hospital_segregationlook l where l.segregation_id = t.id
  and l.kind = 'external' and not exists (select 1 from hospital_segregationlook later
  where later.supersedes_id = l.id))) order by t.id) from hospital_segregation t
  where t.person_id = any(w.ids) and t.to_at is null and not exists (select 1 from hospital_segregation later
  where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.id, t.stay_id, t.from_at, t.back_by) order by t.id)
  from hospital_stayleave t where t.person_id = any(w.ids) and t.to_at is null and not exists (select 1
  from hospital_stayleave later where later.supersedes_id = t.id)),
  (select json_agg(json_build_array(t.stay_id) order by t.stay_id) from hospital_safetyextension t
  where t.person_id = any(w.ids) and not exists (select 1 from hospital_safetyextension later
  where later.supersedes_id = t.id)))::text, '[null, null, null, null, null, null, null]')::json end
