import { type EnterpriseSummary, enterprisesApi, funnelSteps, sizeClasses } from '@suiban/shared/api/enterprises';
import { industries, industryLabel } from '@suiban/shared/enterprises';
import { groupDigits } from '@suiban/shared/time';
import { App, Button, Card, Flex, Input, Popconfirm, Progress, Select, Skeleton, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { usePages, useRead, useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { usePlaceNames } from '../../ui/place-names';
import { ProblemAlert } from '../../ui/problem-alert';
import { useUrlFilters } from '../../ui/url-filters';
import { enterpriseWords } from './enterprises.words';

const filterNames = ['q', 'district', 'industry', 'size', 'funnel'] as const;
type Filters = Partial<Record<(typeof filterNames)[number], string>>;

export function EnterprisesPage() {
  const w = useWords(enterpriseWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(filterNames);
  const firms = usePages(enterprisesApi.listEnterprises, { query: filters });
  const columns = useColumns();
  return (
    <Page
      title={w('title')}
      actions={
        may('enterprises.import') ? (
          <Link to="/imports">
            <Button type="primary">{w('import')}</Button>
          </Link>
        ) : undefined
      }
    >
      <Funnel filters={filters} />
      <DataTable<EnterpriseSummary>
        name="enterprises"
        label={w('title')}
        columns={columns}
        rows={firms.items}
        rowKey={(firm) => firm.id}
        isLoading={firms.isPending}
        problem={firms.error}
        onRetry={() => void firms.refetch()}
        total={firms.total}
        hasMore={firms.hasNextPage}
        isLoadingMore={firms.isFetchingNextPage}
        onMore={() => void firms.fetchNextPage()}
        onOpen={(firm) => navigate(`/enterprises/${firm.id}`)}
        empty={w('empty')}
        filters={<FilterBar filters={filters} onChange={setFilters} />}
        tools={may('enterprises.invite') ? <Invite rows={firms.items} /> : null}
      />
    </Page>
  );
}

function useColumns(): Column<EnterpriseSummary>[] {
  const w = useWords(enterpriseWords);
  const { lang } = useLanguage();
  const names = usePlaceNames();
  return [
    {
      key: 'name',
      title: w('name'),
      render: (_, firm) => (
        <Flex gap={8} align="center">
          <Link to={`/enterprises/${firm.id}`}>{firm.name}</Link>
          {firm.isDemo ? <Tag>{w('demo')}</Tag> : null}
          {firm.isSuppressed ? <Tag color="warning">{w('suppressed')}</Tag> : null}
        </Flex>
      ),
    },
    { key: 'code', title: w('code'), render: (_, firm) => firm.creditCode },
    { key: 'district', title: w('district'), render: (_, firm) => names.district(firm.districtCode) },
    { key: 'industry', title: w('industry'), render: (_, firm) => industryLabel(firm.industryCode, lang) },
    { key: 'size', title: w('size'), render: (_, firm) => w(firm.sizeClass ?? 'unknownSize') },
    {
      key: 'staff',
      title: w('staff'),
      align: 'right',
      render: (_, firm) => (firm.staffCount === null ? w('none') : groupDigits(firm.staffCount)),
    },
    {
      key: 'tags',
      title: w('tags'),
      render: (_, firm) => (
        <Flex gap={4}>
          {firm.tags.map((tag) => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </Flex>
      ),
    },
    {
      key: 'funnel',
      title: w('step'),
      render: (_, firm) => <Tag color={firm.funnel === 'imported' ? 'default' : 'processing'}>{w(firm.funnel)}</Tag>,
    },
  ];
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (change: Filters) => void }) {
  const w = useWords(enterpriseWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const choose = (name: keyof Filters, label: string, options: { value: string; label: string }[], width: number) => (
    <Select
      mode="multiple"
      allowClear
      maxTagCount="responsive"
      aria-label={label}
      placeholder={label}
      style={{ width }}
      value={filters[name]?.split(',') ?? []}
      onChange={(values: string[]) => onChange({ [name]: values.join(',') })}
      options={options}
      optionFilterProp="label"
    />
  );
  return (
    <>
      <Input.Search
        allowClear
        aria-label={w('search')}
        placeholder={w('search')}
        defaultValue={filters.q}
        onSearch={(q) => onChange({ q })}
        style={{ width: 260 }}
      />
      {choose(
        'district',
        w('district'),
        city.districts.map((each) => ({ value: each.code, label: lang === 'zh' ? each.name : each.nameEn })),
        160,
      )}
      {choose(
        'industry',
        w('industry'),
        industries.map((each) => ({ value: each.code, label: each.label[lang] })),
        180,
      )}
      {choose(
        'size',
        w('size'),
        sizeClasses.map((value) => ({ value, label: w(value) })),
        140,
      )}
      {choose(
        'funnel',
        w('step'),
        funnelSteps.map((value) => ({ value, label: w(value) })),
        150,
      )}
    </>
  );
}

function Funnel({ filters }: { filters: Filters }) {
  const w = useWords(enterpriseWords);
  const funnel = useRead(enterprisesApi.getEnterpriseFunnel, { query: filters });
  return (
    <Card size="small" title={w('funnel')} extra={<span className="hint">{w('funnelNote')}</span>} style={{ marginBottom: 24 }}>
      <ProblemAlert problem={funnel.error} onRetry={() => void funnel.refetch()} />
      {funnel.isPending ? <Skeleton active title={false} paragraph={{ rows: 2 }} /> : null}
      <Flex gap={24}>
        {funnel.data?.steps.map((step) => {
          const share = funnel.data.total === 0 ? 0 : Math.round((step.reached / funnel.data.total) * 100);
          return (
            <div key={step.step} style={{ flex: 1 }}>
              <Flex justify="space-between">
                <span>{w(step.step)}</span>
                <span className="hint">{share}%</span>
              </Flex>
              <div className="figure-value">{groupDigits(step.reached)}</div>
              <Progress percent={share} showInfo={false} status="normal" size="small" aria-label={w(step.step)} />
            </div>
          );
        })}
      </Flex>
    </Card>
  );
}

/** Invites the firms that are on the screen: what an official sees is what is sent. */
function Invite({ rows }: { rows: readonly EnterpriseSummary[] }) {
  const w = useWords(enterpriseWords);
  const { message } = App.useApp();
  const ids = rows.filter((firm) => firm.funnel === 'imported' && !firm.isSuppressed).map((firm) => firm.id);
  const invite = useWrite(enterprisesApi.createInvitations, {
    refresh: [enterprisesApi.listEnterprises.id, enterprisesApi.getEnterpriseFunnel.id],
    onDone: ({ planned, skipped }) =>
      message.success(
        w('invited1', { planned, already: skipped.alreadyInvited, bound: skipped.alreadyBound, without: skipped.withoutMobile }),
      ),
  });
  return (
    <Popconfirm
      title={w('inviteConfirm')}
      styles={{ root: { maxWidth: 360 } }}
      onConfirm={() =>
        invite
          .mutateAsync({ body: { target: { enterpriseIds: ids.slice(0, 1000) } } })
          .catch((problem: Error) => message.error(problem.message))
      }
    >
      <Button disabled={ids.length === 0} loading={invite.isPending}>
        {w('invite')}（{ids.length}）
      </Button>
    </Popconfirm>
  );
}
