create sequence work_order_number;

create table work_order (
  id uuid primary key default gen_random_uuid(),
  number text not null unique,
  enterprise_id bigint not null,
  matter_id text not null,
  district_code text not null,
  title text not null,
  body text not null,
  source_kind text not null check (source_kind in ('survey', 'appeal', 'conversation')),
  campaign_id bigint,
  submission_id uuid,
  question_id text,
  name_visibility text not null default 'industry-district' check (name_visibility in ('public', 'industry-district', 'hidden')),
  state text not null default 'to-assign' check (state in ('to-assign', 'to-accept', 'handling', 'reply-review', 'awaiting-rating', 'closed')),
  outcome text check (outcome in ('solved', 'partly', 'unsolved', 'explained')),
  -- Who asks, assigns and reviews: the campaign's bureau, or the city's default one.
  owner_bureau_id text not null,
  -- Who answers; while `to-assign` only the proposal that goes with the matter.
  bureau_id text,
  handler_id uuid,
  reply text,
  -- Of this round: {requestedDays, reason, state}.
  extension jsonb,
  -- {solved, satisfaction, comment, at}
  rating jsonb,
  closed_by text check (closed_by in ('rating', 'silence')),
  urge_count integer not null default 0,
  urged_at timestamptz,
  reopen_count integer not null default 0,
  is_demo boolean not null default false,
  revision integer not null default 1,
  created_by uuid,
  created_at timestamptz not null,
  state_since timestamptz not null,
  -- Created, or reopened: where the clocks begin.
  round_started_at timestamptz not null,
  -- The reply of this round was approved.
  replied_at timestamptz,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_at is not null) and (closed_at is null) = (closed_by is null)),
  -- One order per reported problem, however often the event arrives.
  unique (submission_id, question_id)
);
create index work_order_by_state on work_order (state, created_at, id);
create index work_order_by_bureau on work_order (bureau_id, state);
create index work_order_by_owner on work_order (owner_bureau_id, state);
create index work_order_silent on work_order (replied_at) where state = 'awaiting-rating';
create index work_order_by_enterprise on work_order (enterprise_id, created_at desc);
create index work_order_by_campaign on work_order (campaign_id) where campaign_id is not null;

create table work_order_clock (
  work_order_id uuid not null references work_order (id),
  kind text not null check (kind in ('contact', 'plan', 'solve')),
  due_at timestamptz not null,
  is_provisional boolean not null,
  done_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  primary key (work_order_id, kind)
);
create index work_order_clock_running on work_order_clock (due_at) where done_at is null;

create table work_order_event (
  id uuid primary key default gen_random_uuid(),
  -- Order of events of one instant.
  seq bigint generated always as identity,
  work_order_id uuid not null references work_order (id),
  action text not null,
  actor_kind text not null check (actor_kind in ('official', 'person', 'system')),
  actor_id text not null,
  -- As what they acted; the firm reads this and the bureau, never a name.
  actor_role text not null check (actor_role in ('dispatcher', 'handler', 'reviewer', 'supervisor', 'enterprise', 'system')),
  actor_bureau_id text,
  -- For officials.
  body text,
  -- For the firm; an internal event is not shown to it at all.
  public_body text,
  is_internal boolean not null default false,
  at timestamptz not null
);
create index work_order_event_by_order on work_order_event (work_order_id, seq);

create table attachment (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  work_order_id uuid not null references work_order (id),
  event_id uuid references work_order_event (id),
  -- The approval with which the firm may have it.
  public_event_id uuid references work_order_event (id),
  file_key text not null,
  file_name text not null,
  mime_type text not null,
  size_bytes integer not null,
  uploaded_by text not null,
  uploaded_at timestamptz not null
);
create index attachment_by_order on attachment (work_order_id);

-- What other modules may read of orders.
create view work_order_overview as
  select w.id, w.number, w.title, w.state, w.owner_bureau_id, w.bureau_id, w.handler_id, w.campaign_id, w.submission_id, w.created_at, w.closed_at, w.outcome,
    (select min(c.due_at) from work_order_clock c where c.work_order_id = w.id and c.done_at is null) as due_at
  from work_order w;
