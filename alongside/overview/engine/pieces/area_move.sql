-- The newest move to another area: what of it is agreed, offered, declined, accepted.
select json_build_array(x.id, x.kind, coalesce(x.name, x.to_place), x.told_on, x.moves_on,
  exists (select 1 from people_consent c where c.person_id = any(w.ids) and c.purpose = 'sharing'
  and c.answer <> 'unknown' and ((c.recipient_kind = 'organisation' and c.recipient_id = x.to_icb_id)
  or (c.recipient_kind = 'move' and c.recipient_id = x.id))),
  (select max(f.offered_at) from people_moveoffer f where f.person_id = any(w.ids) and f.closed_at is null),
  (select count(*) from people_moveoffer f where f.person_id = any(w.ids) and f.closed_how = 'declined'
  and f.offered_at >= x.recorded_at), (select max(f.closed_at) from people_moveoffer f
  where f.person_id = any(w.ids) and f.closed_how = 'declined' and f.offered_at >= x.recorded_at
  and f.to_icb_id = x.to_icb_id),
  (select max(s.recorded_at) from moving_movestep s where s.move_id = x.id and s.kind = 'lifted'),
  (select a.recorded_at from moving_moveacceptance a where a.move_id = x.id),
  (select json_agg(distinct s.kind) from moving_movestep s where s.move_id = x.id),
  (select a.named from moving_moveacceptance a where a.move_id = x.id),
  (select a.starts_on from moving_moveacceptance a where a.move_id = x.id))
  from (select m.id, m.kind, m.told_on, m.moves_on, m.to_place, m.to_icb_id, m.recorded_at, m.closed_how,
  i.name from moving_areamove m left join organisations_organisation i on i.id = m.to_icb_id
  where m.person_id = any(w.ids) order by m.id desc limit 1) x where x.closed_how <> 'stayed'
