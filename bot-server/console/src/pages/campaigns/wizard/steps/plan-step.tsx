import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import type { AudiencePreview, BodyDraft, SendingPlan } from '@suiban/shared/api/campaigns';
import { type AddressKind, addressKindOf, addressKindWords } from '@suiban/shared/campaigns';
import { groupDigits } from '@suiban/shared/time';
import { Button, Card, Dropdown, Empty, Flex } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { channelText, stepText } from '../../campaigns.words';
import { Bars } from '../bars';
import { addressKinds, usualBody } from '../default-draft';
import type { Wizard } from '../use-wizard';
import { planWords } from './plan.words';
import { StepBody } from './step-body';
import { WindowFields } from './window-fields';

/** 渠道与时间: the channels in the order tried, what is said on each, and when. */
export function PlanStep({ wizard }: { wizard: Wizard }) {
  const w = useWords(planWords);
  const { draft, faultsAt } = wizard;
  return (
    <>
      <h3>{w('order')}</h3>
      <p className="hint">{w('orderHint')}</p>
      {faultsAt('plan').map((fault) => (
        <div key={fault} className="field-error">
          {fault}
        </div>
      ))}
      {draft.plan.length === 0 ? <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w('none')} /> : null}
      <ol className="plan-steps">
        {draft.plan.map((step, index) => (
          <li key={addressKindOf(step.body)}>
            <StepCard wizard={wizard} index={index} body={step.body} />
          </li>
        ))}
      </ol>
      <AddChannel wizard={wizard} />
      <h3>{w('reachTitle')}</h3>
      <ReachChart wizard={wizard} />
      <h3>{w('window')}</h3>
      <WindowFields wizard={wizard} />
    </>
  );
}

function swapped(plan: SendingPlan, index: number, by: -1 | 1): SendingPlan {
  const [one, other] = [plan[index], plan[index + by]];
  if (!one || !other) return plan;
  return plan.map((step, at) => (at === index ? other : at === index + by ? one : step));
}

function StepCard({ wizard, index, body }: { wizard: Wizard; index: number; body: BodyDraft }) {
  const w = useWords(planWords);
  const { lang } = useLanguage();
  const { draft, change, reach } = wizard;
  const line = reach.data?.reach.find((each) => each.step === index && each.channel === body.channel);
  const channel = stepText(body, lang);
  const button = (label: string, icon: React.ReactNode, isOff: boolean, plan: () => SendingPlan) => (
    <Button
      type="text"
      icon={icon}
      aria-label={`${label}：${channel}`}
      title={label}
      {...(isOff ? { disabled: true } : {})}
      onClick={() => change({ plan: plan() })}
    />
  );
  return (
    <Card
      size="small"
      title={w('step', { number: index + 1, channel })}
      extra={
        <Flex align="center" gap={4}>
          {line ? (
            <span className="hint">{w('reach', { reachable: groupDigits(line.reachable), first: groupDigits(line.first) })}</span>
          ) : null}
          {button(w('up'), <ArrowUpOutlined aria-hidden />, index === 0, () => swapped(draft.plan, index, -1))}
          {button(w('down'), <ArrowDownOutlined aria-hidden />, index === draft.plan.length - 1, () => swapped(draft.plan, index, 1))}
          {button(w('remove'), <DeleteOutlined aria-hidden />, false, () => draft.plan.filter((_, at) => at !== index))}
        </Flex>
      }
    >
      {line && usesCredits(body) ? <ReachToday line={line} /> : null}
      <StepBody wizard={wizard} index={index} body={body} />
    </Card>
  );
}

const usesCredits = ({ channel }: BodyDraft): boolean => channel === 'wechat-mini' || channel === 'alipay-mini';

/** Why not everybody with an address can be sent this template today. */
function ReachToday({ line }: { line: AudiencePreview['reach'][number] }) {
  const w = useWords(planWords);
  return (
    <p className="hint">
      {w('reachToday', {
        addressed: groupDigits(line.addressed),
        reachable: groupDigits(line.reachable),
        longTerm: groupDigits(line.longTerm),
        usedUp: groupDigits(line.addressed - line.reachable - line.gone),
      })}
      {line.gone > 0 ? w('reachGone', { gone: groupDigits(line.gone) }) : null}
    </p>
  );
}

function AddChannel({ wizard }: { wizard: Wizard }) {
  const w = useWords(planWords);
  const { lang } = useLanguage();
  const { draft, change, subject, templates } = wizard;
  const missing = addressKinds.filter((kind) => !draft.plan.some((step) => addressKindOf(step.body) === kind));
  if (missing.length === 0) return null;
  const add = (kind: AddressKind) =>
    change({ plan: [...draft.plan, { account: 'default', body: usualBody(kind, subject, templates.data?.items ?? []) }] });
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: missing.map((kind) => ({ key: kind, label: addressKindWords(kind)[lang] })),
        onClick: ({ key }) => {
          const kind = missing.find((each) => each === key);
          if (kind) add(kind);
        },
      }}
    >
      <Button icon={<PlusOutlined aria-hidden />}>{w('add')}</Button>
    </Dropdown>
  );
}

function ReachChart({ wizard }: { wizard: Wizard }) {
  const w = useWords(planWords);
  const { lang } = useLanguage();
  const found = wizard.reach.data;
  const { plan } = wizard.draft;
  if (!found) return null;
  const nameOf = (line: AudiencePreview['reach'][number]) => {
    const body = plan[line.step]?.body;
    return body ? stepText(body, lang) : channelText(line.channel, lang);
  };
  return (
    <>
      <Bars
        label={w('reachTitle')}
        bars={[
          ...found.reach.map((line) => ({
            key: String(line.step),
            label: `${line.step + 1}. ${nameOf(line)}`,
            count: line.first,
          })),
          { key: 'inbox', label: w('inboxOnly'), count: found.unreachable },
        ]}
      />
      <div className="hint">{w('reachHint')}</div>
    </>
  );
}
