import { type CampaignDetail, type CampaignDraft, campaignsApi } from '@suiban/shared/api/campaigns';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { campaignStateWords } from '@suiban/shared/campaigns';
import type { AttributeRegistry } from '@suiban/shared/rules';
import { systemClock } from '@suiban/shared/time';
import { Alert, Button, Card, Form, Skeleton } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { useSession } from '../../../layout/session';
import { Page } from '../../../ui/page';
import { ProblemAlert } from '../../../ui/problem-alert';
import { registryOf } from '../../../ui/rule-editor';
import { useTimeText } from '../../../ui/time-text';
import { CampaignContent } from '../board/campaign-content';
import { CampaignStateTag } from '../campaign-state-tag';
import { newDraft } from './default-draft';
import { goToStep, sectionId, type WizardStep, wizardSteps } from './go-to-step';
import { useLeaveGuard } from './leave-guard';
import { AudienceStep } from './steps/audience-step';
import { ContentStep } from './steps/content-step';
import { PlanStep } from './steps/plan-step';
import { PreviewStep } from './steps/preview-step';
import { ReviewStep } from './steps/review-step';
import { Summary } from './summary';
import { useWizard, type Wizard } from './use-wizard';
import { wizardWords } from './wizard.words';
import '../campaigns.css';

/** A new campaign, or a draft opened again. The page goes on under its new address after the first save, with all that is typed. */
export function CampaignWizardPage() {
  const { campaignId } = useParams();
  const location = useLocation();
  const created = useRef<{ id: string; key: string } | null>(null);
  const key = campaignId === undefined ? location.key : campaignId === created.current?.id ? created.current.key : campaignId;
  return (
    <WizardLoader
      key={key}
      campaignId={campaignId === created.current?.id ? undefined : campaignId}
      onCreated={(id) => {
        created.current = { id, key };
      }}
    />
  );
}

interface LoaderProps {
  campaignId: string | undefined;
  onCreated: (id: string) => void;
}

function WizardLoader({ campaignId, onCreated }: LoaderProps) {
  const w = useWords(wizardWords);
  const { me, may } = useSession();
  const { zone } = useTimeText();
  const attributes = useRead(enterprisesApi.listEnterpriseAttributes);
  const campaign = useRead(campaignsApi.getCampaign, { params: { campaignId: campaignId ?? '' } }, { enabled: campaignId !== undefined });
  const registry = useMemo(() => (attributes.data ? registryOf(attributes.data.items) : null), [attributes.data]);
  const [isEditing, setEditing] = useState(false);
  const [fresh] = useState(() => newDraft(systemClock.now(), zone, me.districtCodes));
  const initial = campaignId === undefined ? fresh : campaign.data;
  const problem = attributes.error ?? campaign.error;
  const trail = [{ label: w('campaigns'), to: '/campaigns' }, { label: w('newTitle') }];
  if (!may('campaigns.write')) {
    return (
      <Page title={w('newTitle')} trail={trail}>
        <Alert type="warning" showIcon title={w('noPermission')} />
      </Page>
    );
  }
  if (!registry || !initial) {
    return (
      <Page title={w('newTitle')} trail={trail}>
        <ProblemAlert
          problem={problem}
          onRetry={() => {
            void attributes.refetch();
            if (campaignId !== undefined) void campaign.refetch();
          }}
        />
        {problem ? null : <Skeleton active paragraph={{ rows: 10 }} />}
      </Page>
    );
  }
  const opened = campaignId === undefined ? null : (campaign.data ?? null);
  const isLocked = opened !== null && !opened.actions.includes('edit');
  if (opened && (isLocked || (opened.state !== 'draft' && !isEditing))) {
    return <HeldView campaign={opened} isLocked={isLocked} onEdit={() => setEditing(true)} />;
  }
  return <WizardView initial={initial} registry={registry} onCreated={onCreated} />;
}

interface ViewProps {
  initial: CampaignDraft | CampaignDetail;
  registry: AttributeRegistry;
  onCreated: (id: string) => void;
}

function WizardView({ initial, registry, onCreated }: ViewProps) {
  const w = useWords(wizardWords);
  const navigate = useNavigate();
  const [opened] = useState(initial);
  const opening = 'revision' in opened ? opened : null;
  const wizard = useWizard(opened, registry);
  const { campaign, draft, isDirty, obstacle, isConflict, problem } = wizard;
  useNewAddress(opening === null ? campaign : null, onCreated);
  useLeaveGuard(isDirty, isDirty && (obstacle !== null || isConflict || problem !== null), {
    title: w('leaveTitle'),
    text: w('leaveText', { reason: obstacle ? w(obstacle) : w(isConflict ? 'conflict' : 'failed') }),
    leave: w('leave'),
    stay: w('stay'),
  });
  const title = opening ? w('editTitle', { title: draft.title || opening.title }) : w('newTitle');
  return (
    <Page
      title={title}
      trail={[{ label: w('campaigns'), to: '/campaigns' }, { label: title }]}
      tags={campaign ? <CampaignStateTag state={campaign.state} /> : null}
      actions={campaign ? <Button onClick={() => navigate(`/campaigns/${campaign.id}`)}>{w('view')}</Button> : null}
    >
      <div className="wizard">
        <Form component="div" layout="vertical" className="wizard-main">
          <Sections wizard={wizard} />
        </Form>
        <Summary wizard={wizard} />
      </div>
    </Page>
  );
}

/** After the first save the page has an address of its own: a reload finds the draft again. */
function useNewAddress(campaign: CampaignDetail | null, onCreated: (id: string) => void): void {
  const navigate = useNavigate();
  const told = useRef<string | null>(null);
  useEffect(() => {
    if (!campaign || told.current === campaign.id) return;
    told.current = campaign.id;
    onCreated(campaign.id);
    navigate(`/campaigns/${campaign.id}/edit`, { replace: true });
  }, [campaign, navigate, onCreated]);
}

interface HeldProps {
  campaign: CampaignDetail;
  isLocked: boolean;
  onEdit: () => void;
}

/** What was signed is not changed by a slip of the hand: the official reads it, and says first that the signature may go. */
function HeldView({ campaign, isLocked, onEdit }: HeldProps) {
  const w = useWords(wizardWords);
  const { lang } = useLanguage();
  const navigate = useNavigate();
  const title = w('editTitle', { title: campaign.title });
  const state = campaignStateWords[campaign.state][lang];
  return (
    <Page
      title={title}
      trail={[{ label: w('campaigns'), to: '/campaigns' }, { label: title }]}
      tags={<CampaignStateTag state={campaign.state} />}
      actions={<Button onClick={() => navigate(`/campaigns/${campaign.id}`)}>{w('view')}</Button>}
    >
      <Alert
        type={isLocked ? 'info' : 'warning'}
        showIcon
        style={{ marginBottom: 16 }}
        title={isLocked ? w('lockedTitle', { state }) : w('signedTitle')}
        description={w(isLocked ? 'lockedHint' : 'signedHint')}
        action={isLocked ? null : <Button onClick={onEdit}>{w('startEditing')}</Button>}
      />
      <CampaignContent campaign={campaign} />
    </Page>
  );
}

function Sections({ wizard }: { wizard: Wizard }) {
  const views: Record<WizardStep, ReactNode> = {
    content: <ContentStep wizard={wizard} />,
    audience: <AudienceStep wizard={wizard} />,
    plan: <PlanStep wizard={wizard} />,
    preview: <PreviewStep wizard={wizard} />,
    review: <ReviewStep wizard={wizard} />,
  };
  const { hash } = useLocation();
  useEffect(() => {
    const asked = wizardSteps.find((step) => hash === `#${step}`);
    if (asked) goToStep(asked);
  }, [hash]);
  return wizardSteps.map((step, index) => (
    <Section key={step} step={step} number={index + 1}>
      {views[step]}
    </Section>
  ));
}

function Section({ step, number, children }: { step: WizardStep; number: number; children: ReactNode }) {
  const w = useWords(wizardWords);
  return (
    <Card className="wizard-section">
      <section aria-labelledby={sectionId(step)}>
        <h2 id={sectionId(step)} tabIndex={-1}>
          <span className="wizard-number" aria-hidden="true">
            {number}
          </span>
          {w(step)}
        </h2>
        {children}
      </section>
    </Card>
  );
}
