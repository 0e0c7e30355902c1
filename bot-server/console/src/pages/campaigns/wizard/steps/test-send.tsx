import { campaignsApi } from '@suiban/shared/api/campaigns';
import type { BodyOf, ResponseOf } from '@suiban/shared/api/operation';
import { type AddressKind, addressKindOf } from '@suiban/shared/campaigns';
import { checkMobile } from '@suiban/shared/identity';
import { Alert, Button, Flex, Input, Select } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../../../api/hooks';
import { useLanguage, useWords } from '../../../../i18n/language';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { stepText } from '../../campaigns.words';
import { Field } from '../field';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

const labelOf = {
  sms: 'mobile',
  'wechat-mini': 'openid',
  'wechat-official': 'officialOpenid',
  'alipay-mini': 'alipayOpenid',
  wecom: 'member',
  'wecom-contact': 'customer',
  email: 'mail',
} as const satisfies Record<AddressKind, string>;
const outcomeType = { accepted: 'success', refused: 'error', unknown: 'warning' } as const;

type TestTo = BodyOf<typeof campaignsApi.sendTest>['to'];

/** What was typed as an address of this kind, or which word says why not. */
function addressOf(kind: AddressKind, typed: string): TestTo | 'needTo' | 'badMobile' | 'badMail' | 'badCustomer' {
  if (typed === '') return 'needTo';
  switch (kind) {
    case 'sms': {
      const mobile = checkMobile(typed);
      return mobile.ok ? { type: 'mobile', mobile: mobile.value } : 'badMobile';
    }
    case 'email':
      return /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(typed) ? { type: 'email', email: typed } : 'badMail';
    case 'wecom':
      return { type: 'wecom-member', userId: typed };
    case 'wecom-contact': {
      const [staffUserId, externalUserId] = typed.split(/\s*[/，,\s]\s*/);
      return staffUserId && externalUserId ? { type: 'wecom-contact', staffUserId, externalUserId } : 'badCustomer';
    }
    default:
      return { type: 'openid', openid: typed };
  }
}

/** One real message on one channel, to a person the official names. */
export function TestSend({ wizard, campaignId }: { wizard: Wizard; campaignId: string }) {
  const w = useWords(stepWords);
  const [step, setStep] = useState(0);
  const [to, setTo] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const test = useWrite(campaignsApi.sendTest);
  const { plan } = wizard.draft;
  const body = plan[step]?.body ?? plan[0]?.body;
  if (!body) return null;
  const kind = addressKindOf(body);
  const mayTest = wizard.campaign?.actions.includes('test-send') ?? false;
  const send = async () => {
    const address = addressOf(kind, to.trim());
    setFault(typeof address === 'string' ? w(address) : null);
    if (typeof address === 'string' || !(await wizard.save())) return;
    test.mutate({ params: { campaignId }, body: { step: Math.min(step, plan.length - 1), to: address } });
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
          <Field label={w(labelOf[kind])} hint={w('testHint')} errors={fault ? [fault] : pointed}>
            {(field) => (
              <Input
                {...field}
                value={to}
                inputMode={kind === 'sms' ? 'tel' : kind === 'email' ? 'email' : 'text'}
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
    label: `${index + 1}. ${stepText(each.body, lang)}`,
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
