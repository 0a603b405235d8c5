-- Reviews that are asked for, planned or replaced, with their agreement and panel.
select json_agg(json_build_array(t.id, t.kind, t.state, t.asked_on, t.state_at, t.starts_at,
  t.stay_id, (select case when c.answer = 'given' and c.valid_until < (t.starts_at at time zone 'Europe/London')::date
    then '' else c.answer end from people_consent c where c.person_id = t.person_id and c.purpose = 'review'
    and c.recipient_kind = 'review' and c.recipient_id = t.id and c.answer <> 'unknown' and not exists (select 1
    from people_consent later where later.supersedes_id = c.id) order by least(c.decided_on,
    (c.recorded_at at time zone 'Europe/London')::date) desc, c.happened_at desc, c.id desc limit 1),
  t.invited_at, t.papers_at, (select min(m.recorded_at) from reviews_panelmember m where m.planned_id = t.id
    and m.left_at is null and m.answer = '' and m.recorded_at > t.invited_at and not exists (select 1
    from reviews_panellink l where l.member_id = m.id and l.ended_at is null)), t.decided_on, t.decided_by_name, t.instead, (select json_agg(json_build_array(m.part, m.independent, m.conflict,
    m.settled <> '', m.answer <> 'no', m.part not in ('clinical', 'experience') or m.expert_id is not null
    or m.vouched_on is not null) order by m.id) from reviews_panelmember m where m.planned_id = t.id
    and m.left_at is null)) order by t.id) from reviews_plannedreview t where t.person_id = any(w.ids)
  and (t.state in ('requested', 'accepted', 'dated') or (t.state = 'replaced' and t.stay_id is not null))
  and not exists (select 1 from reviews_plannedreview later where later.supersedes_id = t.id)
