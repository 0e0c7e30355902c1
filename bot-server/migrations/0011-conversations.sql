-- automatic → waiting → assigned → automatic: shared/src/conversations/states.ts. One per channel, account and peer.
create table conversation (
  id uuid primary key default gen_random_uuid(),
  channel text not null check (channel in ('wechat-official', 'wecom')),
  account text not null,
  -- Empty where the platform has no corps.
  corp_id text not null default '',
  user_id text not null,
  state text not null default 'automatic' check (state in ('automatic', 'waiting', 'assigned')),
  operator_id uuid references official (id),
  bureau_id text not null,
  -- The firm spoken for last, as of the last turn; null: nobody knows this person yet.
  enterprise_id bigint,
  district_code text,
  is_demo boolean not null default false,
  -- What the automatic part waits for: an intent with its slots, or intents to choose from. Sealed: slots hold people's words.
  pending_sealed text,
  pending_intent text,
  -- Who works the turns of this conversation, until when: one at a time over all processes.
  turn_token uuid,
  turn_until timestamptz,
  waiting_since timestamptz,
  last_inbound_at timestamptz,
  -- Until when the platform lets us write; null: it sets no such limit.
  answerable_until timestamptz,
  unanswered integer not null default 0,
  changed_at timestamptz not null,
  -- Counts changes of state, operator and bureau.
  revision integer not null default 1,
  created_at timestamptz not null,
  check ((state = 'assigned') = (operator_id is not null)),
  check ((state = 'waiting') = (waiting_since is not null)),
  unique (channel, account, corp_id, user_id)
);
create index conversation_waiting on conversation (bureau_id, waiting_since, id) where state = 'waiting';
create index conversation_by_operator on conversation (operator_id) where operator_id is not null;
create index conversation_newest on conversation (bureau_id, changed_at desc, id desc);
create index conversation_idle on conversation (changed_at) where state <> 'automatic';
create index conversation_by_enterprise on conversation (enterprise_id) where enterprise_id is not null;

-- In: open → done (its turn was worked). Out: waiting → passive (inside the answer to the push) | saying → sent | failed; `saying` whose
-- next_at passed was left by a crash and is said again under the same name.
create table chat_message (
  id uuid primary key default gen_random_uuid(),
  seq bigint generated always as identity,
  conversation_id uuid not null references conversation (id),
  direction text not null check (direction in ('in', 'out')),
  author text not null check (author in ('person', 'automatic', 'operator')),
  operator_id uuid references official (id),
  form text not null check (form in ('text', 'link', 'card', 'event', 'media')),
  -- What was said is personal.
  body_sealed text not null,
  source text,
  message_key text,
  -- The message this is an answer to, and its place among the answers.
  turn_id uuid references chat_message (id),
  part smallint,
  state text not null check (state in ('open', 'done', 'waiting', 'saying', 'passive', 'sent', 'failed')),
  failure_code text,
  tries smallint not null default 0,
  next_at timestamptz,
  at timestamptz not null,
  settled_at timestamptz,
  unique (source, message_key),
  unique (turn_id, part),
  check ((direction = 'in') = (message_key is not null) and (message_key is null) = (source is null)),
  check ((direction = 'in') = (state in ('open', 'done')))
);
create index chat_message_of_conversation on chat_message (conversation_id, seq desc);
create index chat_message_open on chat_message (conversation_id, seq) where state = 'open';
create index chat_message_due on chat_message (next_at) where state in ('waiting', 'saying');

-- 常用语. `seed`: came with the system; a deleted one does not come back.
create table canned_reply (
  id uuid primary key default gen_random_uuid(),
  bureau_id text not null,
  seed text,
  title text not null,
  body text not null,
  position integer not null,
  revision integer not null default 1,
  changed_by uuid references official (id),
  changed_at timestamptz not null,
  deleted_at timestamptz,
  unique (bureau_id, seed)
);
create index canned_reply_of_bureau on canned_reply (bureau_id, position, id) where deleted_at is null;

-- The menu each account shows: set again only when it is another one.
create table chat_menu (
  channel text not null,
  account text not null,
  hash text not null,
  failure_code text,
  tried_at timestamptz not null,
  primary key (channel, account)
);

-- An order that was reported in a chat: once per turn, however often the turn is worked.
alter table work_order add column turn_id uuid unique;
