-- Each review that was held: its report, who was told, whom it waits for, the oversight panel.
select json_agg(json_build_array(t.review_id,
  (h.held_at at time zone 'Europe/London')::date, (t.written_up_at at time zone 'Europe/London')::date,
  t.told_on is not null, (select min((s.happened_at at time zone 'Europe/London')::date)
  from reviews_reviewreport s where s.review_id = t.review_id), t.feedback_asked_on is not null
  or exists (select 1 from reviews_reviewfeedback s where s.review_id = t.review_id),
  (select json_agg(json_build_array(s.id, s.name, s.sent_on) order by s.id) from reviews_recipient s
  where s.review_id = t.review_id and s.answers and s.regard = ''),
  (select json_agg(json_build_array(s.id, (s.recorded_at at time zone 'Europe/London')::date,
  (select max(c.held_on) from reviews_oversightpanel c where c.icb_id = p.icb_id)) order by s.id)
  from reviews_oversightcase s where s.review_id = t.review_id and s.decided_at is null)) order by t.id)
  from reviews_writeup t join reviews_review h on h.id = t.review_id where t.person_id = any(w.ids)
