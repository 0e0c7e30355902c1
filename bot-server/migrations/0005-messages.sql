-- The mini-program's own message centre. A message belongs to a firm; whoever is its agent reads it.
create table message (
  id uuid primary key default gen_random_uuid(),
  enterprise_id bigint not null references enterprise (id),
  campaign_id bigint,
  grouping text not null check (grouping in ('todo', 'notice', 'service')),
  title text not null,
  summary text not null,
  body text not null default '',
  link text not null default '',
  reason text not null,
  created_at timestamptz not null default now(),
  read_at timestamptz
);

-- A campaign writes to a firm's centre once, however often the launch is repeated.
create unique index message_campaign_once on message (campaign_id, enterprise_id) where campaign_id is not null;
create index message_newest on message (enterprise_id, created_at desc, id desc);
create index message_unread on message (enterprise_id) where read_at is null;
