-- Jobs: queued by whoever may ask for this work, fetched and ended by the worker under its own proof.
-- Run by `settle` after functions.sql. The library's tables are shown to nobody else (see `settle.JOBS`).

create or replace function access.working() returns boolean
language plpgsql stable security definer parallel safe set search_path = public as $$
begin
    return exists (select 1 from access_accesskey k
                   where k.digest = sha256(convert_to(current_setting('app.key', true), 'UTF8'))
                     and k.kind in ('worker', 'engine') and k.ended_at is null);
end $$;

-- The one way for a page to leave work to the worker: a task that is known here, about a row that waits for it and that
-- whoever asks may have worked on. Asked twice while it waits, it is one job.
create or replace function access.queue_job(task text, number bigint) returns void
language plpgsql volatile security definer set search_path = public as $$
declare named text; one_at_a_time text; allowed boolean := false;
begin
    if task = 'alongside.exchange.tasks.go_on_with_import' then
        named := 'run_id';
        allowed := exists (select 1 from exchange_importrun r where r.id = number and r.state in ('checking', 'running')
                           and (access.engine() or r.icb_id = any(access.areas(1))));
    elsif task = 'alongside.features.keyworking.tasks.work_out_proposal' then
        named := 'proposal_id'; one_at_a_time := 'proposals';
        allowed := exists (select 1 from keyworking_proposal p where p.id = number and p.state = 'waiting'
                           and (access.engine()
                                or p.icb_id = any(access.areas_of('coordinator') || access.areas_of('manager'))));
    elsif task = 'alongside.features.keyworking.tasks.find_what_if' then
        named := 'number'; one_at_a_time := 'what_ifs';
        allowed := exists (select 1 from keyworking_whatif w where w.id = $2 and w.state = 'waiting'
                           and (access.engine()
                                or w.icb_id = any(access.areas_of('coordinator') || access.areas_of('manager'))));
    end if;
    if not allowed then
        raise exception 'This is not work that you may leave to the worker.' using errcode = 'insufficient_privilege';
    end if;
    insert into procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)
    values ('default', task, one_at_a_time, task || ' ' || number, jsonb_build_object(named, number))
    on conflict do nothing;
end $$;
