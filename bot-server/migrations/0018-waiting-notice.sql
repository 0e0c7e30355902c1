-- When the group of an account was last told, by its robot, that people wait for an operator.
create table waiting_notice (
  channel text not null,
  account text not null,
  told_at timestamptz not null,
  primary key (channel, account)
);
