import { campaignsApi, type SendingChannel } from '@suiban/shared/api/campaigns';
import type { ResponseOf } from '@suiban/shared/api/operation';
import { checkMobile } from '@suiban/shared/identity';
import { Alert, Button, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../../../api/hooks';
import { useLanguage, useWords } from '../../../../i18n/language';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { channelText } from '../../campaigns.words';
import { Field } from '../field';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

const labelOf = { sms: 'mobile', 'wechat-mini': 'openid', wecom: 'member' } as const;
const outcomeType = { accepted: 'success', refused: 'error', unknown: 'warning' } as const;

function addressOf(channel: SendingChannel, to: string) {
  if (channel === 'sms') return { type: 'mobile' as const, mobile: to };
  if (channel === 'wechat-mini') return { type: 'openid' as const, openid: to };
  return { type: 'wecom-member' as const, userId: to };
}

/** One real message on one channel, to a person the official names. */
export function TestSend({ wizard, campaignId }: { wizard: Wizard; campaignId: string }) {
  const w = useWords(stepWords);
  const [step, setStep] = useState(0);
  const [to, setTo] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const test = useWrite(campaignsApi.sendTest);
  const { plan } = wizard.draft;
  const channel = plan[step]?.body.channel ?? plan[0]?.body.channel;
  if (!channel) return null;
  const mayTest = wizard.campaign?.actions.includes('test-send') ?? false;
  const send = async () => {
    const typed = to.trim();
    const mobile = checkMobile(typed);
    const found = typed === '' ? w('needTo') : channel === 'sms' && !mobile.ok ? w('badMobile') : null;
    setFault(found);
    if (found || !(await wizard.save())) return;
    const address = channel === 'sms' && mobile.ok ? mobile.value : typed;
    test.mutate({ params: { campaignId }, body: { step: Math.min(step, plan.length - 1), to: addressOf(channel, address) } });
  };
  const pointed = test.error?.errors.map((error) => error.detail) ?? [];
  return (
    <>
      <Flex gap={16} align="flex-start" wrap>
        <StepField
          wizard={wizard}
          step={Math.min(step, plan.length - 1)}
          onChange={(next) => {
            setStep(next);
            setTo('');
            setFault(null);
            test.reset();
          }}
        />
        <div style={{ flex: '1 1 240px' }}>
          <Field label={w(labelOf[channel])} hint={w('testHint')} errors={fault ? [fault] : pointed}>
            {(field) => (
              <Input
                {...field}
                value={to}
                inputMode={channel === 'sms' ? 'tel' : 'text'}
                onChange={(event) => {
                  setTo(event.target.value);
                  setFault(null);
                  test.reset();
                }}
                onPressEnter={() => void send()}
              />
            )}
          </Field>
        </div>
        <Button className="test-button" loading={test.isPending} onClick={() => void send()} {...(mayTest ? {} : { disabled: true })}>
          {w('send')}
        </Button>
      </Flex>
      {mayTest ? null : <p className="hint">{w('testLocked')}</p>}
      {test.error && pointed.length === 0 ? <ProblemAlert problem={test.error} /> : null}
      {test.data ? <Outcome result={test.data} /> : null}
    </>
  );
}

function StepField({ wizard, step, onChange }: { wizard: Wizard; step: number; onChange: (step: number) => void }) {
  const w = useWords(stepWords);
  const { lang } = useLanguage();
  const options = wizard.draft.plan.map((each, index) => ({
    value: index,
    label: `${index + 1}. ${channelText(each.body.channel, lang)}`,
  }));
  return (
    <Field label={w('testStep')}>
      {({ id }) => <Select<number> id={id} style={{ width: 200 }} value={step} onChange={onChange} options={options} />}
    </Field>
  );
}

function Outcome({ result }: { result: ResponseOf<typeof campaignsApi.sendTest> }) {
  const w = useWords(stepWords);
  const reason = result.codeLabel ?? result.code ?? '';
  const text = result.outcome === 'accepted' ? w('accepted') : w(result.outcome, { reason });
  return <Alert type={outcomeType[result.outcome]} showIcon role="status" title={text} />;
}
