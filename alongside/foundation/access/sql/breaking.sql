-- Breaking the glass: the one way to a record out of one's reach, by an exact match, for hours, recorded and looked at.
-- Run by `settle` after functions.sql. Whoever asks learns the number of their own opening, or nothing at all.

-- What a crisis needs: who they are, how to talk with them, family, health, safeguarding, the rating, hospital.
create or replace function access.crisis_topics() returns smallint[] language sql immutable parallel safe as $$
    select array[1, 3, 5, 6, 9, 12, 13]::smallint[]
$$;

-- The number of the opening; null when nobody was found or it is not possible, always after the same work.
-- `number`, or the names as they are written and the birth date. Inside a recorded act only.
create or replace function access.break_glass(
    number text, given text, family text, born date, reason_ text, words_ text, moment timestamptz, until_ timestamptz)
returns bigint language plpgsql volatile security definer set search_path = public as $$
declare
    who bigint := access.actor();
    act_ uuid := nullif(current_setting('app.act', true), '')::uuid;
    home bigint; found_ bigint[]; closed boolean; area bigint; what text; made bigint;
begin
    if act_ is null then raise exception 'An emergency opening is made inside recording().'; end if;
    if not (access.holds('keyworker') or access.holds('manager') or access.holds('coordinator')
            or access.holds('partner_health') or access.holds('partner_social_care')) then
        raise exception 'This role opens nothing in an emergency.' using errcode = 'insufficient_privilege';
    end if;
    if coalesce(trim(words_), '') = '' or coalesce(trim(reason_), '') = '' then
        raise exception 'An emergency opening says why.' using errcode = 'check_violation';
    end if;
    if until_ <= moment or until_ > moment + interval '24 hours' or moment > now() + interval '1 hour' then
        raise exception 'An emergency opening ends within a day.' using errcode = 'check_violation';
    end if;
    -- The moment is the server's own, or attempts could be spread over years that nobody looks at.
    if not exists (select 1 from access_accesskey k where k.actor_id = who and k.ended_at is null
                   and k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8'))
                   and moment between k.opened_at - interval '1 hour' and k.opened_at + interval '24 hours') then
        raise exception 'An emergency opening is made now.' using errcode = 'check_violation';
    end if;
    perform pg_advisory_xact_lock(hashtext('access.break_glass'), who::integer);
    if exists (select 1 from guarded_opening o where o.act = act_) then
        raise exception 'this form was sent before' using errcode = 'AG002';
    end if;
    if (select count(*) from guarded_opening o where o.actor_id = who and o.at > moment - interval '1 hour') >= 10 then
        raise exception 'too many attempts' using errcode = 'AG001';
    end if;
    select r.area_id into home from accounts_roleheld r where r.actor_id = who
        and r.from_date <= access.today() and (r.to_date is null or r.to_date >= access.today()) order by r.id limit 1;

    if coalesce(number, '') <> '' then
        select array_agg(p.id) into found_ from people_person p
        where p.nhs_number = number and p.survivor_id is null;
    else
        select array_agg(p.id) into found_ from people_person p
        where p.birth_date = born and p.survivor_id is null and lower(p.family_name) = lower(trim(family))
          and trim(given) <> '' and lower(trim(given)) in (lower(p.given_name), lower(p.preferred_name));
    end if;
    if cardinality(found_) = 1 then
        select p.restricted, p.icb_id into closed, area from people_person p where p.id = found_[1];
        what := case when closed then 'restricted' else 'opened' end;
    else
        what := case when cardinality(found_) > 1 then 'several' else 'nobody' end;
    end if;
    insert into guarded_opening (act, actor_id, icb_id, person_id, reference, asked_with, reason, words, outcome, at, until,
                                 finding, told, told_words)
    values (act_, who, coalesce(area, home), case when area is not null then found_[1] end,
            coalesce((select p.reference from people_person p where p.id = found_[1] and area is not null), ''),
            case when coalesce(number, '') <> '' then 'number' else 'name' end, reason_, words_, what, moment,
            case when what = 'opened' then until_ end, '', '', '')
    returning id into made;
    if what <> 'opened' then return null; end if;
    insert into access_involvement (actor_id, person_id, topics, writes, sees_guarded, because, because_id, relies_on,
                                    recipient_kind, from_at, to_at)
    values (who, found_[1], access.crisis_topics(), false, 1, 'break_glass', made, '', '', moment, until_);
    return made;
end $$;

-- 'I am finished': ends one's own opening before its time.
create or replace function access.mend_glass(opening bigint, moment timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public as $$
declare ended boolean;
begin
    update guarded_opening set ended_at = moment where id = opening and actor_id = access.actor()
        and outcome = 'opened' and ended_at is null and until > moment returning true into ended;
    if ended is null then return false; end if;
    update access_involvement set to_at = greatest(from_at, moment)
    where because = 'break_glass' and because_id = opening and actor_id = access.actor();
    return true;
end $$;

-- What was opened of a person during an opening: (page, when). For those who look at it afterwards, not for others.
create or replace function access.looked_during(opening bigint)
returns table (at timestamptz, page varchar) language plpgsql stable security definer set search_path = public as $$
declare o record;
begin
    select * into o from guarded_opening g where g.id = opening and g.outcome = 'opened'
        and (g.icb_id = any(access.governed_areas()) or g.icb_id = any(access.areas_of('manager')));
    if o.id is null then return; end if;
    return query select l.at, l.page from recording_look l
        where l.actor_id = o.actor_id and l.person_ids @> array[o.person_id] and l.at >= o.at
          and l.at <= coalesce(o.ended_at, o.until) order by l.id limit 100;
end $$;
