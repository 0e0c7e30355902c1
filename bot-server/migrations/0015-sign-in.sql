-- People sign in by every client. A WeCom member is known by corp and userid; `corp_id` is empty for all others.
alter table person_identity drop constraint person_identity_kind_check;
alter table person_identity add constraint person_identity_kind_check
  check (kind in ('wechat-mini', 'wechat-official', 'alipay-mini', 'wecom'));
alter table person_identity add column corp_id text not null default '';
alter table person_identity add constraint person_identity_corp_check check ((kind = 'wecom') = (corp_id <> ''));
alter table person_identity drop constraint person_identity_pkey;
alter table person_identity add primary key (kind, account, corp_id, subject);
-- One union id is one person, over all accounts of one open platform.
create index person_identity_union on person_identity (union_id) where union_id is not null;

-- States of browser sign-ins that came back: each is good once. Kept until it would be too old anyway.
create table sign_in_state (
  hash text primary key,
  used_at timestamptz not null
);
