-- Everything a person's page shows besides who they are, in one statement whose plan is kept: planning it anew each time
-- takes longer than reading. Made anew after each migration. It runs as whoever asks, so row-level security binds it; the
-- topics that scope allows come with the call. Each part is a list of rows, each row a list of values in the order
-- written here (`showing.py` reads them), with a first and second value that say which row corrects which.
-- /*read*/ stands for the topics that may be read of a row.
create or replace function overview_person_page(the_person bigint, the_topics smallint[], the_all_topics smallint[],
    the_area_topics smallint[], the_agreed bigint[], the_moment timestamptz, the_events integer) returns json
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
declare
    the_people bigint[] := array(select m.id from people_person m where m.id = the_person
        union all select m.id from people_person m where m.survivor_id = the_person);
begin
    return (select json_build_object(
    'communication', (select json_agg(json_build_array(t.id, t.supersedes_id, t.best_way, t.avoid, t.what_helps,
    t.adjustments, t.contact_by, t.recorded_at) order by t.id) from people_communication t where /*read*/),
    'own_words', (select json_agg(json_build_array(t.id, t.supersedes_id, t.words, t.said_how, t.happened_at) order by
    t.id) from people_ownwords t where /*read*/),
    'addresses', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.kind, t.lines,
    t.postcode) order by t.id) from people_address t where /*read*/),
    'belongings', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.kind, t.name)
    order by t.id) from people_belonging t where /*read*/),
    'diagnoses', (select json_agg(json_build_array(t.id, t.supersedes_id, t.kind, t.basis, t.diagnosed_on) order by
    t.id) from people_diagnosis t where /*read*/),
    'circumstances', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.kind,
    t.detail) order by t.id) from people_circumstance t where /*read*/),
    'relations', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.name,
    t.relationship, t.parental_responsibility, t.legal_limits, t.safe_contact, t.phone, t.email,
    t.carries_main_contact) order by t.id) from people_relation t where /*read*/),
    'professionals', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.name, t.post,
    t.organisation_name, t.contact) order by t.id) from people_professional t where /*read*/),
    'consents', (select json_agg(json_build_array(t.id, t.supersedes_id, t.purpose, t.answer, t.basis, t.decided_by,
    t.decided_on, t.valid_until, t.evidence, t.evidenced) order by t.id) from people_consent t where /*read*/ and
    t.recipient_kind = ''),
    'imported', (select json_agg(json_build_array(t.id, t.supersedes_id, t.texts, t.recorded_at) order by t.id) from
    people_importedtext t where /*read*/),
    'documents', (select json_agg(json_build_array(t.id, t.supersedes_id, t.title, t.kind, t.happened_at) order by
    t.id) from people_document t where /*read*/),
    'entries', (select json_agg(json_build_array(t.id, t.supersedes_id, t.icb_id, t.listing, t.entered_on,
    t.removed_on, t.removed_because, t.removed_detail, t.reason, t.provisional, t.not_registered_before_admission,
    t.review_planned_on, t.version, (select json_agg(json_build_array(r.id, r.colour, r.standing, r.origin,
    r.rated_at, r.because, r.reasons, r.tool, r.suggested, r.override_because, a.name, r.decides_id) order by
    r.rated_at, r.id) from register_rating r join accounts_actor a on a.id = r.recorded_by_id where r.entry_id =
    t.id)) order by t.id) from register_registerentry t where /*read*/),
    'views', (select json_agg(json_build_array(t.id, t.supersedes_id, t.colour, t.said_by, t.happened_at) order by
    t.id) from register_referrerview t where /*read*/),
    'stays', (select json_agg(json_build_array(t.id, t.supersedes_id, t.kind, t.place_name, t.ward_type,
    t.admitted_at, t.discharged_at, t.security, t.destination, t.admission_day_known, (select
    json_agg(json_build_array(l.code, l.from_at, l.to_at) order by l.from_at) from hospital_legalstatus l where
    l.stay_id = t.id), hospital_went(t.id)) order by t.admitted_at desc) from hospital_stay t where /*read*/),
    'reviews', (select json_agg(json_build_array(t.id, t.supersedes_id, t.kind, t.held_at, t.outcome) order by
    t.held_at desc) from reviews_review t where /*read*/),
    'allocations', (select json_agg(json_build_array(t.id, t.supersedes_id, t.from_date, t.to_date, t.part, a.name,
    t.worker_id) order by t.id) from keyworking_allocation t join accounts_actor a on a.id = t.worker_id where
    /*read*/),
    'begins', (select json_agg(json_build_array(t.id, t.supersedes_id, t.named, t.starts_on,
    (t.happened_at at time zone 'Europe/London')::date, v.to_icb_id) order by t.id) from moving_moveacceptance t join moving_areamove v on v.id = t.move_id where /*read*/ and v.kind = 'area'),
    'offers', (select json_agg(json_build_array(m.id, o.name, m.offered_at, m.closed_at, m.closed_because) order by
    m.id) from people_moveoffer m join organisations_organisation o on o.id = m.to_icb_id where m.person_id =
    the_person and m.closed_how in ('', 'declined')),
    'merged', (select json_agg(json_build_array(m.id, p.reference, m.merged_at) order by m.id) from people_personmerge
    m join people_person p on p.id = m.merged_id where m.survivor_id = the_person and m.undone_at is null),
    'pairs', (select json_agg(json_build_array(d.id, p.reference) order by d.id) from people_possibleduplicate d join
    people_person p on p.id = d.first_id + d.second_id - the_person where d.state = 'open' and the_person in
    (d.first_id, d.second_id) and p.survivor_id is null),
    'numbers', (select json_agg(json_build_array(f.id, f.number, f.why) order by f.id) from people_formernumber f
    where f.person_id = any(the_people) and f.topic = any(the_topics) and not exists (select 1 from
    people_formernumber later where later.supersedes_id = f.id)),
    'actions', (select json_agg(json_build_array(t.id, t.supersedes_id, coalesce(t.root_id, t.id), t.what, a.name,
    o.name, t.due_on, t.state, t.times, t.waits_for) order by t.due_on, t.id) from actions_action t join
    accounts_actor a on a.id = t.owner_id join organisations_organisation o on o.id = t.owner_organisation_id where
    /*read*/ and t.state not in ('done', 'not_done', 'superseded') and not exists (select 1 from actions_action later
    where later.supersedes_id = t.id)),
    'followed', (select json_agg(f.line) from (
        select json_build_array('concern', coalesce(t.root_id, t.id), t.place,
            (t.recorded_at at time zone 'Europe/London')::date, t.look_on,
            case when t.kind <> 'safeguarding' then t.severity
            when t.council_told_at is null then 'ring' else 'safeguarding' end) as line
        from concerns_concern t where /*read*/ and t.closed_at is null
        and not exists (select 1 from concerns_concern later where later.supersedes_id = t.id)
        union all
        select json_build_array('dispute', coalesce(t.root_id, t.id), case when t.interim_accepted_on is not null
            and (the_moment at time zone 'Europe/London')::date between t.interim_from and
            coalesce(t.interim_to, 'infinity'::date) then t.interim_owner else (select o.name from people_person q
            join organisations_organisation o on o.id = q.icb_id where q.id = the_person) end,
            t.opened_on, t.interim_to, '')
        from concerns_dispute t where /*read*/ and t.closed_at is null
        and not exists (select 1 from concerns_dispute later where later.supersedes_id = t.id)
        union all
        select json_build_array('funding', coalesce(t.root_id, t.id), t.what_for, t.asked_on, null, '')
        from concerns_funding t where /*read*/ and t.closed_at is null
        and not exists (select 1 from concerns_funding later where later.supersedes_id = t.id)
        union all
        select json_build_array('notice', coalesce(t.root_id, t.id), t.place, t.given_on, t.ends_on, '')
        from concerns_placementnotice t where /*read*/ and t.closed_at is null
        and not exists (select 1 from concerns_placementnotice later where later.supersedes_id = t.id)) f),
    'ring', (select json_build_array(t.who, t.phone, t.arrangement) from keyworking_outofhours t
        where /*read*/ and t.to_date is null
        and not exists (select 1 from keyworking_outofhours later where later.supersedes_id = t.id)
        order by t.id desc limit 1),
    'duties', (select json_agg(json_build_array(t.id, t.topic, t.what, t.because, t.source, t.certainty,
    t.local_default, t.shows_from, t.due, t.ends_at, t.timed, t.doing, coalesce(a.name, m.name), t.backlog_on,
    t.rule_key, t.late_from) order by t.due, t.id) from overview_duty t left join accounts_actor a on a.id =
    t.owner_actor_id left join organisations_team m on m.id = t.owner_team_id where t.person_id = the_person and
    t.topic = any(the_all_topics) and (t.ends_at is null or t.ends_at > the_moment)),
    'events', (select json_agg(json_build_array(e.id, e.code, e.words, e.topic, e.happened_at, e.by_name, e.detail,
    e.subject, e.subject_id, exists (select 1 from people_strikeout s where s.person_id = e.person_id and s.kind =
    e.subject and e.subject_id = any(s.row_ids))) order by e.happened_at desc, e.id desc) from (select t.* from
    unnest(the_people) of_them(id) cross join lateral (select * from recording_event x where x.person_id = of_them.id
    and x.disposal_id is null and x.topic = any(the_all_topics) and not exists (select 1 from people_strikeout s where
    s.person_id = x.person_id and s.from_other and s.kind = x.subject and x.subject_id = any(s.row_ids)) order by
    x.happened_at desc, x.id desc limit the_events) t order by t.happened_at desc, t.id desc limit the_events) e),
    'rules_version', (select max(id) from overview_recount)));
end $$;
