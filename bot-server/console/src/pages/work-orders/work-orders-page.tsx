import { type WorkOrderSummary, workOrdersApi } from '@suiban/shared/api/work-orders';
import { stateWords, workOrderStates } from '@suiban/shared/work-orders';
import { Card, Checkbox, Col, Flex, Input, Row, Segmented, Select, Skeleton } from 'antd';
import { Link, useNavigate } from 'react-router';
import { usePages, useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { useUrlFilters } from '../../ui/url-filters';
import { Board } from './work-order-board';
import { Due, Marks, WorkOrderStateTag } from './work-order-parts';
import { workOrderWords } from './work-orders.words';

const filterNames = ['q', 'state', 'mine', 'overdue', 'campaignId', 'view'] as const;
const refreshMs = 20_000;
const isState = (value: string | undefined): value is WorkOrderSummary['state'] => workOrderStates.some((state) => state === value);
const flag = (value: string | undefined) => (value === 'true' ? ('true' as const) : undefined);

export function WorkOrdersPage() {
  const w = useWords(workOrderWords);
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(filterNames);
  const query = {
    q: filters.q,
    campaignId: filters.campaignId,
    mine: flag(filters.mine),
    overdue: flag(filters.overdue),
    state: isState(filters.state) ? filters.state : undefined,
  };
  const isBoard = filters.view === 'board';
  const orders = usePages(workOrdersApi.listWorkOrders, { query }, { refetchMs: refreshMs, enabled: !isBoard });
  const columns = useColumns();
  return (
    <Page
      title={w('title')}
      actions={
        <Segmented
          value={isBoard ? 'board' : 'list'}
          onChange={(view) => setFilters({ view: view === 'board' ? 'board' : undefined })}
          options={[
            { value: 'list', label: w('list') },
            { value: 'board', label: w('board') },
          ]}
        />
      }
    >
      <Counts />
      {isBoard ? (
        <Board query={{ q: query.q, mine: query.mine, overdue: query.overdue, campaignId: query.campaignId }} />
      ) : (
        <DataTable<WorkOrderSummary>
          name="work-orders"
          label={w('title')}
          columns={columns}
          rows={orders.items}
          rowKey={(order) => order.id}
          isLoading={orders.isPending}
          problem={orders.error}
          onRetry={() => void orders.refetch()}
          total={orders.total}
          hasMore={orders.hasNextPage}
          isLoadingMore={orders.isFetchingNextPage}
          onMore={() => void orders.fetchNextPage()}
          onOpen={(order) => navigate(`/work-orders/${order.id}`)}
          empty={w('empty')}
          filters={<FilterBar filters={filters} onChange={setFilters} />}
        />
      )}
    </Page>
  );
}

function useColumns(): Column<WorkOrderSummary>[] {
  const w = useWords(workOrderWords);
  return [
    { key: 'number', title: w('number'), width: 170, render: (_, order) => <Link to={`/work-orders/${order.id}`}>{order.number}</Link> },
    {
      key: 'problem',
      title: w('problem'),
      render: (_, order) => (
        <Flex vertical style={{ maxWidth: 420 }}>
          <span>{order.title}</span>
          <span className="hint">
            {order.enterpriseName ?? w('hiddenName')} <Marks order={order} />
          </span>
        </Flex>
      ),
    },
    { key: 'matter', title: w('matter'), render: (_, order) => order.matterName },
    { key: 'state', title: w('state'), render: (_, order) => <WorkOrderStateTag state={order.state} /> },
    { key: 'bureau', title: w('bureau'), render: (_, order) => order.bureauName ?? w('noFigure') },
    { key: 'due', title: w('due'), render: (_, order) => <Due order={order} /> },
  ];
}

type Filters = Partial<Record<(typeof filterNames)[number], string>>;

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (change: Filters) => void }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  return (
    <Flex gap={8} align="center" wrap>
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
        style={{ width: 180 }}
        value={filters.state ?? ''}
        onChange={(state) => onChange({ state })}
        options={[
          { value: '', label: w('anyState') },
          ...workOrderStates.map((value) => ({ value: value as string, label: stateWords[value][lang] })),
        ]}
      />
      <Checkbox checked={filters.mine === 'true'} onChange={(event) => onChange({ mine: event.target.checked ? 'true' : undefined })}>
        {w('mine')}
      </Checkbox>
      <Checkbox checked={filters.overdue === 'true'} onChange={(event) => onChange({ overdue: event.target.checked ? 'true' : undefined })}>
        {w('overdueOnly')}
      </Checkbox>
    </Flex>
  );
}

/** Figures an official answers for, each with its formula. */
function Counts() {
  const w = useWords(workOrderWords);
  const counts = useRead(workOrdersApi.countWorkOrders, {}, { refetchMs: refreshMs });
  const rate = (value: number | null | undefined) => (value == null ? w('noFigure') : `${(value * 100).toFixed(1)}%`);
  if (counts.isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const figures = [
    { label: w('overdueCount'), value: String(counts.data?.overdue ?? 0), note: '' },
    { label: w('responseRate'), value: rate(counts.data?.responseRate), note: w('responseFormula') },
    { label: w('solvedRate'), value: rate(counts.data?.solvedRate), note: w('solvedFormula') },
    { label: w('satisfactionRate'), value: rate(counts.data?.satisfactionRate), note: w('satisfactionFormula') },
  ];
  return (
    <Row gutter={16} style={{ marginBottom: 24 }}>
      {figures.map((figure) => (
        <Col span={6} key={figure.label}>
          <Card size="small" className="figure">
            <div className="hint">{figure.label}</div>
            <div className="figure-value">{figure.value}</div>
            <div className="hint">{figure.note}</div>
          </Card>
        </Col>
      ))}
    </Row>
  );
}
