-- Technique only: no table here knows a domain word.

-- Events that left a transaction. done_at: every subscriber handled it or gave up.
create table outbox (
  id bigint generated always as identity primary key,
  topic text not null,
  key text not null,
  payload jsonb not null,
  created_at timestamptz not null default now(),
  done_at timestamptz
);
create index outbox_pending on outbox (id) where done_at is null;
create index outbox_pending_key on outbox (key, id) where done_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;

-- One row per event and subscriber, written in the transaction of the handler.
create table outbox_handled (
  event_id bigint not null references outbox (id) on delete cascade,
  subscriber text not null,
  state text not null check (state in ('handled', 'retrying', 'dead')),
  attempts int not null default 0,
  next_at timestamptz,
  reason text,
  updated_at timestamptz not null default now(),
  primary key (event_id, subscriber)
);
create index outbox_handled_dead on outbox_handled (updated_at) where state = 'dead';

-- Pushes from platforms, each once.
create table inbox (
  id bigint generated always as identity primary key,
  source text not null,
  message_key text not null,
  payload jsonb not null,
  state text not null default 'pending' check (state in ('pending', 'handled', 'dead')),
  attempts int not null default 0,
  next_at timestamptz not null default now(),
  reason text,
  received_at timestamptz not null default now(),
  finished_at timestamptz,
  unique (source, message_key)
);
create index inbox_pending on inbox (next_at, id) where state = 'pending';
create index inbox_finished on inbox (finished_at) where state <> 'pending';

-- Every change of state. seal_no, chain_no, prev_hash and hash are written once, later, by the sealer (kernel/audit).
create table audit_event (
  id bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  aggregate text not null,
  aggregate_id text not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('official', 'person', 'system', 'anonymous')),
  actor_id text not null,
  reason text,
  before jsonb,
  after jsonb,
  at timestamptz not null,
  seal_no bigint unique,
  chain_no bigint,
  prev_hash text,
  hash text,
  check ((seal_no is null) = (hash is null)),
  check ((seal_no is null) = (chain_no is null)),
  check ((seal_no is null) = (prev_hash is null))
);
create unique index audit_event_chain on audit_event (aggregate, aggregate_id, chain_no) where chain_no is not null;
create index audit_event_of on audit_event (aggregate, aggregate_id, id);
create index audit_event_unsealed on audit_event (id) where seal_no is null;
create index audit_event_at on audit_event (at, id);
create index audit_event_actor on audit_event (actor_kind, actor_id, id);

create function audit_event_guard() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.seal_no is null
    and (new.id, new.xid, new.aggregate, new.aggregate_id, new.action, new.actor_kind, new.actor_id, new.at)
      = (old.id, old.xid, old.aggregate, old.aggregate_id, old.action, old.actor_kind, old.actor_id, old.at)
    and new.reason is not distinct from old.reason
    and new.before is not distinct from old.before
    and new.after is not distinct from old.after
  then
    return new;
  end if;
  raise exception 'audit_event is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger audit_event_guard before update or delete on audit_event for each row execute function audit_event_guard();

-- One hash a day over everything sealed that day, chained; can be sent outside.
create table audit_head (
  day date primary key,
  first_seal_no bigint not null,
  last_seal_no bigint not null,
  prev_hash text not null,
  hash text not null,
  created_at timestamptz not null default now()
);

-- Access tokens and tickets of platforms, sealed. refreshing_until: one caller refreshes, the others wait; version grows with each token.
create table platform_token (
  platform text not null,
  account text not null,
  name text not null,
  value_sealed text,
  version bigint not null default 0,
  obtained_at timestamptz,
  expires_at timestamptz,
  refreshing_until timestamptz,
  primary key (platform, account, name)
);

-- Answers to repeated writes. http_status null: the first request is still running, until locked_until.
create table idempotency_key (
  actor text not null,
  operation text not null,
  key text not null,
  request_hash text not null,
  http_status int,
  response text,
  locked_until timestamptz not null,
  created_at timestamptz not null default now(),
  primary key (actor, operation, key)
);
create index idempotency_key_created on idempotency_key (created_at);

-- Tasks that failed too often: listed with the reason, not tried again by themselves.
create table dead_task (
  id bigint generated always as identity primary key,
  queue text not null,
  payload jsonb not null,
  attempts int not null,
  reason text not null,
  died_at timestamptz not null default now()
);
create index dead_task_died on dead_task (died_at);
