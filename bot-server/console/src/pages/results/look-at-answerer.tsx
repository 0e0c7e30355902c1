import { surveysApi } from '@suiban/shared/api/surveys';
import { Alert, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { ProblemAlert } from '../../ui/problem-alert';
import { resultWords } from './results.words';

/** A name that the firm does not show: a dispatcher may look, with a reason, and the firm sees that. */
export function LookAtAnswerer({ campaignId, submissionId }: { campaignId: string; submissionId: string }) {
  const w = useWords(resultWords);
  const { may } = useSession();
  const [isOpen, setOpen] = useState(false);
  const look = useWrite(surveysApi.lookAtName);
  if (!may('surveys.look-at-name')) return null;
  if (look.data) {
    return (
      <div aria-live="polite" className="looked">
        <strong>{look.data.enterpriseName}</strong> <span className="hint">{look.data.creditCodeMasked}</span>
        {look.data.sensitiveAnswers.length > 0 ? <div className="hint">{w('sensitive')}</div> : null}
        {look.data.sensitiveAnswers.map((answer) => (
          <div key={answer.questionId}>
            {answer.title}：{answer.text}
          </div>
        ))}
      </div>
    );
  }
  if (!isOpen) return <Button onClick={() => setOpen(true)}>{w('look')}</Button>;
  return (
    <>
      <Alert type="warning" showIcon title={w('lookNote')} style={{ marginBottom: 16 }} />
      <ProblemAlert problem={look.error} />
      <Form<{ reason: string }>
        layout="vertical"
        onFinish={({ reason }) => look.mutate({ params: { campaignId, submissionId }, body: { reason } })}
      >
        <Form.Item name="reason" label={w('lookReason')} rules={[{ required: true, min: 2, message: w('needReason') }]}>
          <Input.TextArea rows={2} maxLength={200} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={look.isPending}>
          {w('look')}
        </Button>
      </Form>
    </>
  );
}
