-- By which way an answer may have come.
alter table submission drop constraint submission_via_check;
alter table submission add constraint submission_via_check
  check (via in ('wechat-mini', 'wechat-official', 'wecom', 'alipay-mini', 'sms', 'email', 'inbox', 'h5', 'liaison'));
