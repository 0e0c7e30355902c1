import type { CampaignAction, CampaignCheck, CampaignDetail, CampaignProgress } from '@suiban/shared/api/campaigns';
import { groupDigits, systemClock } from '@suiban/shared/time';
import { Alert, Checkbox, Form, Input, Radio, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useLanguage, useWords } from '../../../i18n/language';
import { useTimeText } from '../../../ui/time-text';
import { channelText } from '../campaigns.words';
import { FindingsList } from '../findings-list';
import { ReviewFacts } from '../review-facts';
import { actionWords } from './actions.words';

interface ActionFieldsProps {
  campaign: CampaignDetail;
  progress: CampaignProgress | null;
  action: CampaignAction;
  check: CampaignCheck | null;
  isStale: boolean;
}

/** The body of the dialog: what will happen, and the fields of this action. */
export function ActionFields(props: ActionFieldsProps) {
  const w = useWords(actionWords);
  const { action } = props;
  return (
    <>
      <Note {...props} />
      {props.isStale ? <Alert type="error" showIcon role="alert" title={w('changed')} style={{ marginBottom: 16 }} /> : null}
      {action === 'submit' || action === 'approve' ? <Review {...props} /> : null}
      {action === 'approve' && props.campaign.heading && !props.campaign.heading.isComplete ? <Exemption /> : null}
      {action === 'retry-failed' ? <RetryCodes progress={props.progress} /> : null}
      {action === 'resolve-unknown' ? <Resolution /> : null}
      {action === 'reject' || action === 'cancel' || action === 'close' ? <Reason label={w('reason')} need={w('needReason')} /> : null}
      {action === 'pause' ? <Reason label={w('reasonOptional')} need={w('needReason')} isOptional /> : null}
    </>
  );
}

function Note({ campaign, progress, action, check }: ActionFieldsProps) {
  const w = useWords(actionWords);
  const time = useTimeText();
  const counts = progress?.counts ?? campaign.counts;
  const { startAt } = campaign.window;
  const planned = check ? groupDigits(check.burden.planned) : '…';
  const isLater = startAt !== null && new Date(startAt) > systemClock.now();
  const said: Partial<Record<CampaignAction, ReactNode>> = {
    submit: w('noteSubmit'),
    withdraw: w('noteWithdraw'),
    approve: w('noteApprove'),
    reject: w('noteReject'),
    launch: isLater ? w('noteLaunchLater', { at: time.near(startAt), count: planned }) : w('noteLaunch', { count: planned }),
    pause: w('notePause'),
    resume: campaign.state === 'halted' && campaign.stateReason ? w('noteHalted', { reason: campaign.stateReason }) : w('noteResume'),
    cancel: campaign.launchedAt ? w('noteCancel', { count: groupDigits(counts.waiting) }) : w('noteCancelDraft'),
    close: w('noteClose', { count: groupDigits(counts.answered) }),
    'retry-failed': w('noteRetry'),
    'resolve-unknown': w('noteResolve', { count: groupDigits(counts.unknown) }),
  };
  return <p style={{ marginTop: 0 }}>{said[action]}</p>;
}

function Review({ campaign, action, check }: ActionFieldsProps) {
  const w = useWords(actionWords);
  if (!check) return <Skeleton active paragraph={{ rows: 4 }} />;
  const errors = check.findings.filter((finding) => finding.severity === 'error').length;
  return (
    <>
      <ReviewFacts campaign={campaign} check={check} hashHint={action === 'approve' ? w('hashHint') : null} />
      {action === 'submit' && !check.canSubmit ? (
        <Alert
          type="warning"
          showIcon
          style={{ margin: '16px 0' }}
          title={w('blocked', { count: errors })}
          action={<Link to={`/campaigns/${campaign.id}/edit#review`}>{w('fix')}</Link>}
        />
      ) : null}
      <div style={{ margin: '16px 0' }}>
        <FindingsList findings={check.findings} />
      </div>
    </>
  );
}

function Exemption() {
  const w = useWords(actionWords);
  return (
    <Form.Item
      name="headingExemptionReason"
      label={w('exempt')}
      extra={w('exemptNote')}
      rules={[{ required: true, whitespace: true, min: 2, message: w('needReason') }]}
    >
      <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} showCount />
    </Form.Item>
  );
}

function Reason({ label, need, isOptional = false }: { label: string; need: string; isOptional?: boolean }) {
  return (
    <Form.Item name="reason" label={label} rules={[{ required: !isOptional, whitespace: true, min: 2, message: need }]}>
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={500} showCount />
    </Form.Item>
  );
}

function RetryCodes({ progress }: { progress: CampaignProgress | null }) {
  const w = useWords(actionWords);
  const { lang } = useLanguage();
  const lines = (progress?.errors ?? []).filter((line) => line.canRetry);
  if (lines.length === 0) return <p className="hint">{w('retryNone')}</p>;
  const byCode = [...new Map(lines.map((line) => [line.code, line])).values()];
  return (
    <Form.Item name="codes" label={w('retryCodes')} rules={[{ required: true, message: w('needCodes') }]}>
      <Checkbox.Group style={{ display: 'flex', flexDirection: 'column', gap: 8 }}>
        {byCode.map((line) => (
          <Checkbox key={line.code} value={line.code}>
            {line.meaning[lang]}（{line.channel ? `${channelText(line.channel, lang)} ` : ''}
            {line.code}，{groupDigits(lines.filter((each) => each.code === line.code).reduce((sum, each) => sum + each.count, 0))}）
          </Checkbox>
        ))}
      </Checkbox.Group>
    </Form.Item>
  );
}

function Resolution() {
  const w = useWords(actionWords);
  return (
    <>
      <Form.Item name="outcome" label={w('resolveAs')} rules={[{ required: true, message: w('resolveAs') }]}>
        <Radio.Group
          style={{ display: 'flex', flexDirection: 'column', gap: 8 }}
          options={[
            { value: 'accepted', label: w('toAccepted') },
            { value: 'refused', label: w('toRefused') },
          ]}
        />
      </Form.Item>
      <Reason label={w('how')} need={w('needHow')} />
    </>
  );
}
