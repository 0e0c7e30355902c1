import { campaignKind } from '@suiban/shared/api/campaign-schemas';
import { type CampaignKind, type CampaignState, type CampaignSummary, campaignsApi } from '@suiban/shared/api/campaigns';
import { campaignStates, campaignStateWords } from '@suiban/shared/campaigns';
import { groupDigits } from '@suiban/shared/time';
import { Button, Input, Select } from 'antd';
import { Link, useNavigate } from 'react-router';
import { usePages } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { useTimeText } from '../../ui/time-text';
import { useUrlFilters } from '../../ui/url-filters';
import { CampaignStateTag } from './campaign-state-tag';
import { campaignWords } from './campaigns.words';
import { StateBar } from './state-bar';

const isState = (value: string | undefined): value is CampaignState => campaignStates.some((state) => state === value);
const isKind = (value: string | undefined): value is CampaignKind => campaignKind.options.some((kind) => kind === value);

export function CampaignsPage() {
  const w = useWords(campaignWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(['q', 'state', 'kind']);
  const query = {
    q: filters.q,
    state: isState(filters.state) ? filters.state : undefined,
    kind: isKind(filters.kind) ? filters.kind : undefined,
  };
  const campaigns = usePages(campaignsApi.listCampaigns, { query }, { refetchMs: 5_000 });
  const columns = useColumns();
  return (
    <Page
      title={w('title')}
      actions={
        may('campaigns.write') ? (
          <Button type="primary" onClick={() => navigate('/campaigns/new')}>
            {w('create')}
          </Button>
        ) : undefined
      }
    >
      <DataTable<CampaignSummary>
        name="campaigns"
        label={w('title')}
        columns={columns}
        rows={campaigns.items}
        rowKey={(campaign) => campaign.id}
        isLoading={campaigns.isPending}
        problem={campaigns.error}
        onRetry={() => void campaigns.refetch()}
        total={campaigns.total}
        hasMore={campaigns.hasNextPage}
        isLoadingMore={campaigns.isFetchingNextPage}
        onMore={() => void campaigns.fetchNextPage()}
        onOpen={(campaign) => navigate(`/campaigns/${campaign.id}`)}
        empty={w('empty')}
        filters={<Filters filters={filters} onChange={setFilters} />}
      />
    </Page>
  );
}

interface FiltersProps {
  filters: Partial<Record<'q' | 'state' | 'kind', string>>;
  onChange: (change: FiltersProps['filters']) => void;
}

function Filters({ filters, onChange }: FiltersProps) {
  const w = useWords(campaignWords);
  const { lang } = useLanguage();
  return (
    <>
      <Input.Search
        allowClear
        aria-label={w('search')}
        placeholder={w('search')}
        defaultValue={filters.q}
        onSearch={(q) => onChange({ q })}
        style={{ width: 240 }}
      />
      <Select
        aria-label={w('state')}
        style={{ width: 160 }}
        value={filters.state ?? ''}
        onChange={(state) => onChange({ state })}
        options={[
          { value: '', label: w('anyState') },
          ...campaignStates.map((value) => ({ value: value as string, label: campaignStateWords[value][lang] })),
        ]}
      />
      <Select
        aria-label={w('anyKind')}
        style={{ width: 160 }}
        value={filters.kind ?? ''}
        onChange={(kind) => onChange({ kind })}
        options={[
          { value: '', label: w('anyKind') },
          ...campaignKind.options.map((value) => ({ value: value as string, label: w(value) })),
        ]}
      />
    </>
  );
}

function useColumns(): Column<CampaignSummary>[] {
  const w = useWords(campaignWords);
  const time = useTimeText();
  return [
    {
      key: 'name',
      title: w('name'),
      render: (_, campaign) => (
        <>
          <Link to={`/campaigns/${campaign.id}`}>{campaign.title}</Link>
          <div className="hint">
            {w(campaign.kind)} · {campaign.bureauName}
          </div>
        </>
      ),
    },
    { key: 'state', title: w('state'), width: 120, render: (_, campaign) => <CampaignStateTag state={campaign.state} /> },
    {
      key: 'progress',
      title: w('progress'),
      width: 260,
      render: (_, campaign) =>
        campaign.launchedAt ? (
          <>
            <StateBar counts={campaign.counts} />
            <div className="hint">{w('planned', { count: groupDigits(campaign.counts.planned) })}</div>
          </>
        ) : (
          w('none')
        ),
    },
    { key: 'answered', title: w('answered'), align: 'right', render: (_, campaign) => groupDigits(campaign.counts.answered) },
    { key: 'drafter', title: w('drafter'), render: (_, campaign) => campaign.drafter.name },
    { key: 'signatory', title: w('signatory'), render: (_, campaign) => campaign.signatory?.name ?? w('none') },
    { key: 'closes', title: w('closes'), render: (_, campaign) => time.near(campaign.window.closesAt) },
  ];
}
