-- Officials: staff of the city. An official without a confirmed second factor can do nothing but enrol one (demo officials excepted).
create table official (
  id uuid primary key default gen_random_uuid(),
  username text not null check (username = lower(username)),
  name text not null,
  bureau_id text not null,
  roles text[] not null,
  district_codes text[] not null default '{}',
  password_hash text not null,
  must_change_password boolean not null default false,
  totp_secret_sealed text,
  totp_confirmed_at timestamptz,
  -- The last 30-second step that was used: a code works once.
  totp_last_step bigint,
  is_demo boolean not null default false,
  is_active boolean not null default true,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index official_username on official (username);

create table official_session (
  id uuid primary key default gen_random_uuid(),
  official_id uuid not null references official (id),
  token_hash text not null unique,
  device_hash text not null,
  device_label text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index official_session_open on official_session (official_id) where revoked_at is null;

-- A browser this official signed in from; the first sign-in from a new one is a notice until it is acknowledged.
create table official_device (
  official_id uuid not null references official (id),
  device_hash text not null,
  device_label text not null,
  first_seen_at timestamptz not null,
  is_notice boolean not null,
  acknowledged_at timestamptz,
  primary key (official_id, device_hash)
);

-- Failures by HMAC of what was tried, known or not: an unknown name locks exactly as a known one.
create table sign_in_throttle (
  key text primary key,
  failures integer not null,
  window_ends_at timestamptz not null,
  blocked_until timestamptz
);

create table person (
  id uuid primary key default gen_random_uuid(),
  mobile_sealed text,
  mobile_index text,
  is_demo boolean not null default false,
  -- Set when this record was joined to another one that proved the same mobile.
  merged_into uuid references person (id),
  created_at timestamptz not null
);
create unique index person_mobile on person (mobile_index) where mobile_index is not null;

-- How a platform knows the person. Written once per platform account and subject.
create table person_identity (
  kind text not null check (kind in ('wechat-mini', 'alipay-mini')),
  account text not null,
  subject text not null,
  union_id text,
  person_id uuid not null references person (id),
  created_at timestamptz not null,
  primary key (kind, account, subject)
);
create index person_identity_person on person_identity (person_id);

-- `scope_*` set: opened by a personal link, may act for that one campaign as that one enterprise; `person_id` is then null.
create table person_session (
  id uuid primary key default gen_random_uuid(),
  person_id uuid references person (id),
  token_hash text not null unique,
  scope_campaign_id bigint,
  scope_enterprise_id bigint,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  check ((person_id is null) = (scope_campaign_id is not null) and (scope_campaign_id is null) = (scope_enterprise_id is null))
);
create index person_session_person on person_session (person_id) where person_id is not null;
create index person_session_expiry on person_session (expires_at);

-- A six-digit code sent by SMS. Only its HMAC is kept; five tries, then dead.
create table phone_code (
  id uuid primary key default gen_random_uuid(),
  mobile_index text not null,
  code_hash text not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index phone_code_mobile on phone_code (mobile_index, created_at desc);
