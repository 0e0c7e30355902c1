import { type CampaignDetail, type CampaignProgress, campaignsApi } from '@suiban/shared/api/campaigns';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Skeleton, Tabs } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useEvents, useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { Page } from '../../../ui/page';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { useUrlFilters } from '../../../ui/url-filters';
import { CampaignStateTag } from '../campaign-state-tag';
import { campaignWords } from '../campaigns.words';
import { fieldText } from './actions.words';
import { boardWords } from './board.words';
import { CampaignActions } from './campaign-actions';
import { CampaignContent } from './campaign-content';
import { Overview } from './overview';
import { ProofTab } from './proof-tab';
import { Recipients } from './recipients';

const settled: readonly CampaignDetail['state'][] = ['completed', 'cancelled'];

export function CampaignBoardPage() {
  const w = useWords(boardWords);
  const words = useWords(campaignWords);
  const time = useTimeText();
  const { campaignId = '' } = useParams();
  const navigate = useNavigate();
  const campaign = useRead(campaignsApi.getCampaign, { params: { campaignId } }, { refetchMs: 10_000 });
  const found = campaign.data;
  const isLaunched = Boolean(found?.launchedAt);
  const windowText = ({ startAt, closesAt }: CampaignDetail['window']) =>
    startAt ? w('window', { start: time.near(startAt), end: time.near(closesAt) }) : w('windowNow', { end: time.near(closesAt) });
  const { progress, isInterrupted } = useProgress(campaignId, isLaunched);
  if (campaign.isPending) return <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 32 }} />;
  const subtitle = found ? `${words(found.kind)} · ${found.bureauName} · ${windowText(found.window)}` : null;
  return (
    <Page
      title={found?.title ?? words('title')}
      trail={[{ label: words('title'), to: '/campaigns' }, ...(found ? [{ label: found.title }] : [])]}
      tags={found ? <CampaignStateTag state={progress?.state ?? found.state} /> : null}
      subtitle={subtitle}
      actions={
        found ? (
          <>
            {isLaunched && found.questionnaire ? (
              <Button onClick={() => navigate(`/campaigns/${campaignId}/results`)}>{w('results')}</Button>
            ) : null}
            <CampaignActions campaign={found} progress={progress} />
          </>
        ) : null
      }
    >
      <ProblemAlert problem={campaign.error} onRetry={() => void campaign.refetch()} />
      {found ? <Notes campaign={found} /> : null}
      {isLaunched && isInterrupted && found && !settled.includes(found.state) ? (
        <Alert type="warning" banner title={w('reconnecting')} />
      ) : null}
      {found ? <BoardTabs campaign={found} progress={progress} isLaunched={isLaunched} /> : null}
    </Page>
  );
}

/** The live figures: read once, then pushed about every second. */
function useProgress(campaignId: string, isLaunched: boolean) {
  const client = useQueryClient();
  const [latest, setLatest] = useState<CampaignProgress | null>(null);
  const first = useRead(campaignsApi.getCampaignProgress, { params: { campaignId } }, { enabled: isLaunched });
  const pushed = latest?.campaignId === campaignId ? latest : null;
  const isConnected = useEvents(
    campaignsApi.watchCampaign,
    { params: { campaignId } },
    (_, data) => {
      const next = data as CampaignProgress;
      if (pushed?.state !== next.state) void client.invalidateQueries({ queryKey: [campaignsApi.getCampaign.id] });
      setLatest(next);
    },
    ['progress'],
    isLaunched,
  );
  return { progress: pushed ?? first.data ?? null, isInterrupted: pushed !== null && !isConnected };
}

function Notes({ campaign }: { campaign: CampaignDetail }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  return (
    <>
      {campaign.rejection ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={w('rejected', { name: campaign.rejection.byName, reason: campaign.rejection.reason })}
        />
      ) : null}
      {campaign.stateReason ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={campaign.stateReason} /> : null}
      {campaign.state === 'in_review' && campaign.changedSinceReview.length > 0 ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBottom: 16 }}
          title={w('changed', {
            fields: campaign.changedSinceReview.map((field) => fieldText(field, lang)).join(lang === 'zh' ? '、' : ', '),
          })}
        />
      ) : null}
    </>
  );
}

function BoardTabs({
  campaign,
  progress,
  isLaunched,
}: {
  campaign: CampaignDetail;
  progress: CampaignProgress | null;
  isLaunched: boolean;
}) {
  const w = useWords(boardWords);
  const [filters, setFilters] = useUrlFilters(['tab']);
  const content = { key: 'content', label: w('content'), children: <CampaignContent campaign={campaign} /> };
  const items = isLaunched
    ? [
        { key: 'overview', label: w('overview'), children: progress ? <Overview progress={progress} /> : <Skeleton active /> },
        { key: 'recipients', label: w('recipients'), children: <Recipients campaignId={campaign.id} /> },
        { key: 'proof', label: w('proof'), children: <ProofTab campaignId={campaign.id} /> },
        content,
      ]
    : [content];
  const active = items.some((item) => item.key === filters.tab) ? filters.tab : items[0]?.key;
  return <Tabs activeKey={active ?? 'content'} onChange={(tab) => setFilters({ tab })} items={items} destroyOnHidden />;
}
