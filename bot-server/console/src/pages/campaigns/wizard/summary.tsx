import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons';
import { campaignsApi } from '@suiban/shared/api/campaigns';
import { formatDuration, groupDigits } from '@suiban/shared/time';
import { App, Button, Card, Flex } from 'antd';
import { useNavigate } from 'react-router';
import { useWrite } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { touchedByActions } from '../board/run-action';
import { channelText } from '../campaigns.words';
import { stepOf } from '../findings-list';
import { goToStep, type WizardStep, wizardSteps } from './go-to-step';
import { SaveState } from './save-state';
import type { Wizard } from './use-wizard';
import { wizardWords } from './wizard.words';

/** Always in view: where I am, what it comes to, whether it is saved, and the one way on. */
export function Summary({ wizard }: { wizard: Wizard }) {
  const w = useWords(wizardWords);
  return (
    <aside className="wizard-summary" aria-label={w('summary')}>
      <Card size="small">
        <nav aria-label={w('steps')}>
          <ol className="wizard-nav">
            {wizardSteps.map((step, index) => (
              <li key={step}>
                <StepLink wizard={wizard} step={step} number={index + 1} />
              </li>
            ))}
          </ol>
        </nav>
        <Figures wizard={wizard} />
        <SaveState wizard={wizard} />
        <Submit wizard={wizard} />
      </Card>
    </aside>
  );
}

function useStepState(wizard: Wizard, step: WizardStep): { faults: number; isDone: boolean } {
  const { campaign, check, draft, reach, obstacle } = wizard;
  const errors = campaign ? (check.data?.findings ?? []).filter((finding) => finding.severity === 'error') : [];
  const faults = errors.filter((finding) => stepOf(finding.field) === step).length;
  if (step === 'preview') return { faults: 0, isDone: (campaign && (check.data?.previews.length ?? 0) > 0) === true };
  if (step === 'review') return { faults: 0, isDone: campaign !== null && !wizard.isDirty && check.data?.canSubmit === true };
  const isFilled = {
    content: draft.title.trim() !== '' && (draft.kind === 'notice' ? draft.noticeText.trim() !== '' : draft.questionnaire !== null),
    audience: obstacle !== 'needRule' && (reach.data?.planned ?? 0) > 0,
    plan: draft.plan.length > 0,
  }[step];
  return { faults, isDone: isFilled && faults === 0 };
}

const doneWord = (step: WizardStep) => (step === 'preview' ? 'previewDone' : step === 'review' ? 'reviewDone' : 'stepDone');

function StepLink({ wizard, step, number }: { wizard: Wizard; step: WizardStep; number: number }) {
  const w = useWords(wizardWords);
  const { faults, isDone } = useStepState(wizard, step);
  const state = faults > 0 ? w('stepErrors', { count: faults }) : w(isDone ? doneWord(step) : 'stepOpen');
  return (
    <button type="button" className="wizard-nav-step" onClick={() => goToStep(step)}>
      <span className="wizard-nav-number" aria-hidden="true">
        {faults > 0 ? (
          <ExclamationCircleFilled aria-hidden style={{ color: 'var(--bad)' }} />
        ) : isDone ? (
          <CheckCircleFilled aria-hidden style={{ color: 'var(--good)' }} />
        ) : (
          number
        )}
      </span>
      <span>
        {w(step)}
        <span className="hint">{state}</span>
      </span>
    </button>
  );
}

function Figures({ wizard }: { wizard: Wizard }) {
  const w = useWords(wizardWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const { draft, reach, check, campaign, obstacle } = wizard;
  const found = obstacle === 'needRule' ? undefined : reach.data;
  const firms = (count: number | undefined) => (count === undefined ? w('none') : w('firms', { count: groupDigits(count) }));
  const lines = [
    { label: w('matched'), value: firms(found?.matched) },
    { label: w('sendable'), value: firms(found?.sendable), isMain: true },
    { label: w('inboxOnly'), value: firms(found?.unreachable) },
    { label: w('channels'), value: draft.plan.map((step) => channelText(step.body.channel, lang)).join(' → ') || w('inboxOnly') },
    { label: w('duration'), value: found ? formatDuration(Math.max(1, found.expectedSeconds) * 1000, lang) : w('none') },
    { label: w('closes'), value: time.near(draft.window.closesAt) },
    ...(draft.kind === 'cloud_visit' && campaign && check.data
      ? [{ label: w('burden'), value: w('burdenValue', { hours: groupDigits(check.data.burden.hoursInAll) }) }]
      : []),
    ...(campaign ? [{ label: w('hash'), value: <code>{campaign.contentHash.slice(0, 12)}</code> }] : []),
  ];
  return (
    <dl className="summary-lines">
      {lines.map((line) => (
        <div key={line.label}>
          <dt>{line.label}</dt>
          <dd>{line.isMain ? <strong className="summary-main">{line.value}</strong> : line.value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Submit({ wizard }: { wizard: Wizard }) {
  const w = useWords(wizardWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { campaign, check, save, obstacle } = wizard;
  const submit = useWrite(campaignsApi.submitCampaign, {
    refresh: touchedByActions,
    onDone: (result) => {
      void message.success(w('submitted', { hash: result.contentHash.slice(0, 12) }));
      navigate(`/campaigns/${result.id}`);
    },
  });
  const start = async () => {
    const saved = await save();
    if (saved) submit.mutate({ params: { campaignId: saved.id }, body: { contentHash: saved.contentHash } });
  };
  const isReady = campaign !== null && !obstacle && check.data?.canSubmit === true;
  return (
    <Flex vertical gap={8} style={{ marginTop: 12 }}>
      <ProblemAlert problem={submit.error} />
      <Button type="primary" block disabled={!isReady} loading={submit.isPending} onClick={() => void start()}>
        {w('submit')}
      </Button>
    </Flex>
  );
}
