-- What somebody may write whose statement is asked by hand: in their own name, and nothing that opens a record.
-- Run by `settle` after functions.sql and ledger.sql.

-- The owner of the tables migrates, and functions that see more run as the owner; the engine's acts checked who asks.
create or replace function access.by_own_acts(tab oid) returns boolean
language sql stable set search_path = public as $$
    select current_user = pg_get_userbyid((select relowner from pg_class where oid = tab)) or access.engine()
$$;

-- Who did it, is whoever asks: columns that name who merged, offered, decided … (the trigger's arguments). A correction
-- carries over who answered what it corrects.
create or replace function access.in_own_name() returns trigger language plpgsql set search_path = public as $$
declare
    was jsonb := case when tg_op = 'UPDATE' then to_jsonb(old) end; now_ jsonb := to_jsonb(new); i integer := 0;
    said text;
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    while i < tg_nargs loop
        said := now_->>tg_argv[i];
        if said is not null and said is distinct from was->>tg_argv[i]
           and said is distinct from access.actor()::text and not access.is_door(said::bigint)
           and not access.carried_over(tg_relid::regclass, tg_argv[i], now_) then
            raise exception 'Nobody acts in another''s name (%).', tg_table_name using errcode = 'insufficient_privilege';
        end if;
        i := i + 1;
    end loop;
    return new;
end $$;

-- A door for people without an account: what they send is recorded in the name of the door, by nobody who is signed in.
create or replace function access.is_door(who bigint) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return access.actor() is null and exists (select 1 from accounts_actor a where a.id = who and a.kind = 'job');
end $$;

create or replace function access.carried_over(tab regclass, name text, row_ jsonb) returns boolean
language plpgsql stable set search_path = public as $$
declare found_ boolean;
begin
    if row_->>'supersedes_id' is null then return false; end if;
    execute format('select exists (select 1 from %s t where t.id = $1 and t.%I::text = $2)', tab, name)
        into found_ using (row_->>'supersedes_id')::bigint, row_->>name;
    return found_;
end $$;

-- Of a row that was written once, only these columns are changed by hand (the trigger's arguments).
create or replace function access.changes_only() returns trigger language plpgsql set search_path = public as $$
begin
    if not access.by_own_acts(tg_relid)
       and (to_jsonb(new) - tg_argv::text[]) is distinct from (to_jsonb(old) - tg_argv::text[]) then
        raise exception 'This is changed by its own acts only (%).', tg_table_name
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_changes_only before update on accounts_invitation for each row
    execute function access.changes_only('taken_back_at');
create or replace trigger b_changes_only before update on people_personmerge for each row
    execute function access.changes_only('undone_at', 'undone_by_id');
create or replace trigger b_changes_only before update on referrals_organisationlink for each row
    execute function access.changes_only('ended_at', 'ended_by_id');

-- What somebody said or was promised stays as it was said: by hand only where it stands is changed, and once it is closed
-- nothing. First the columns that say that it is closed, with commas between; then those that may change until then.
create or replace function access.stays_as_said() returns trigger language plpgsql set search_path = public as $$
declare may_change text[] := array['on_hold', 'retention_class']; closed text;
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    select string_agg(to_jsonb(old)->>name, '') into closed from unnest(string_to_array(tg_argv[0], ',')) as name;
    if coalesce(closed, '') = '' then may_change := may_change || tg_argv[1:]; end if;
    if (to_jsonb(new) - may_change) is distinct from (to_jsonb(old) - may_change) then
        raise exception 'What was said stays as it was said; only how it goes on is changed by its own acts (%).',
            tg_table_name using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_stays_as_said before update on keyworking_promise for each row
    execute function access.stays_as_said('closed_at', 'by_date', 'closed_as', 'closed_at');
create or replace trigger b_stays_as_said before update on keyworking_appointment for each row
    execute function access.stays_as_said(
        'called_off_at,contact_id', 'starts_at', 'worker_id', 'told', 'called_off_at', 'called_off_because', 'contact_id');
create or replace trigger b_stays_as_said before update on keyworking_outofhours for each row
    execute function access.stays_as_said('', 'to_date');
create or replace trigger b_stays_as_said before update on keyworking_allocation for each row
    execute function access.stays_as_said('', 'to_date');
create or replace trigger b_stays_as_said before update on plans_goal for each row
    execute function access.stays_as_said('ended_on', 'ended_on', 'ended_how');
create or replace trigger b_stays_as_said before update on plans_planproposal for each row
    execute function access.stays_as_said('decided_at', 'state', 'decided_by_id', 'decided_at', 'decided_because');

-- An action is accepted by whoever owns it. Putting it right by hand changes its words and nothing else: what it is about
-- decides who reads it; whose it is, by when and where it stands follow from its steps.
create or replace function access.as_agreed() returns trigger language plpgsql set search_path = public as $$
declare
    was jsonb;
    words constant text[] := array['id', 'what', 'how_known', 'version', 'root_id', 'supersedes_id', 'recorded_by_id',
                                   'recorded_at', 'on_hold', 'retention_class'];
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if new.supersedes_id is null then
        if new.root_id is null and (new.state <> 'accepted' or new.owner_id = access.actor()) then return new; end if;
    else
        select to_jsonb(b) into was from actions_action b where b.id = new.supersedes_id;
        if was->>'state' not in ('done', 'not_done', 'superseded') and (to_jsonb(new) - words) = (was - words)
           and new.version = (was->>'version')::integer + 1
           and new.root_id = coalesce(was->>'root_id', was->>'id')::bigint then return new; end if;
    end if;
    raise exception 'An action changes by its own acts only; putting it right changes its words.'
        using errcode = 'insufficient_privilege';
end $$;
create or replace trigger c_as_agreed before insert on actions_action for each row execute function access.as_agreed();

-- Somebody new is held by nobody else and closed to nobody. An NHS number is written by those who match people, and
-- anybody else gets one answer, before the table is looked at: they can't tell whether it is taken.
create or replace function access.who_they_are() returns trigger language plpgsql set search_path = public as $$
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if tg_op = 'INSERT' and (new.restricted or new.survivor_id is not null or new.held_by <> '{}'
                             or new.closed_topics <> 0 or new.guard > 1) then
        raise exception 'How a record is held is changed by its own acts only.' using errcode = 'insufficient_privilege';
    end if;
    if new.nhs_number is not null and (tg_op = 'INSERT' or new.nhs_number is distinct from old.nhs_number)
       and new.icb_id <> all(access.areas_of('coordinator') || access.areas_of('manager')) then
        raise exception 'This NHS number can''t be used. Ask the register team.' using errcode = 'insufficient_privilege';
    end if;
    if tg_op = 'UPDATE' and not access.may_identify(new.id)
       and (to_jsonb(new) - array['on_hold', 'retention_class']) is distinct from
           (to_jsonb(old) - array['on_hold', 'retention_class']) then
        raise exception 'Who somebody is, is written by those who run the register or work with them.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_who_they_are before insert or update on people_person for each row
    execute function access.who_they_are();

-- Who somebody is, is the work of those who run the register, and of whoever works with them and may write. An area's
-- commissioner changes facts, not the person.
create or replace function access.may_identify(person bigint) returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return access.runs_register(person) or exists (
        select 1 from access_opentopics i
        where i.actor_id = access.actor() and i.person_id = person and i.writes and 1 = any(i.topics)
          and i.from_at <= now() and (i.to_at is null or i.to_at > now()));
end $$;

create or replace function access.what_they_are_called() returns trigger
language plpgsql set search_path = public as $$
begin
    if not access.by_own_acts(tg_relid) and not access.may_identify(new.person_id) then
        raise exception 'Who somebody is, is written by those who run the register or work with them.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_what_they_are_called before insert or update on people_personname for each row
    execute function access.what_they_are_called();

-- A role begins today or later, and ends today or later: one of the past would explain looks that nothing explained.
-- Which role, whose and where is not changed; an ended one stays as it was.
create or replace function access.role_dates() returns trigger language plpgsql set search_path = public as $$
declare kept text[] := array['to_date', 'holds_inbox', 'custodian', 'team_id'];
begin
    if access.by_own_acts(tg_relid) then return new; end if;
    if (tg_op = 'INSERT' and new.from_date < access.today())
       or new.to_date < access.today()
       or (tg_op = 'UPDATE' and (old.to_date < access.today()
                                 or (to_jsonb(new) - kept) is distinct from (to_jsonb(old) - kept))) then
        raise exception 'A role begins and ends today or later, and is given anew rather than changed.'
            using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
create or replace trigger b_role_dates before insert or update on accounts_roleheld for each row
    execute function access.role_dates();

-- Of whom nothing was answered is the register team's only, whoever wrote the row: settled when the transaction ends.
create or replace function access.settle_added() returns trigger
language plpgsql security definer set search_path = public as $$
begin
    if not exists (select 1 from people_consent where person_id = new.id) then
        perform access.settle_ledger(array[new.id]);
    end if;
    return null;
end $$;
drop trigger if exists z_settle_added on people_person;
create constraint trigger z_settle_added after insert on people_person deferrable initially deferred for each row
    when (not access.engine()) execute function access.settle_added();

-- The first to hold somebody is the area that added them. Later ones follow from an offer, under the engine's identity.
create or replace function access.begins_with(person bigint, area bigint) returns boolean
language plpgsql stable security definer set search_path = public as $$
begin
    return area = any(access.areas_of('coordinator') || access.areas_of('manager'))
       and exists (select 1 from people_person p where p.id = person and p.icb_id = area)
       and not exists (select 1 from people_responsibility r where r.person_id = person);
end $$;
