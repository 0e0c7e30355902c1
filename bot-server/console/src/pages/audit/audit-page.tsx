import { SafetyCertificateOutlined } from '@ant-design/icons';
import { type AuditEventView, auditApi } from '@suiban/shared/api/audit';
import { Alert, Button, Flex, Input, Select, Tag } from 'antd';
import { usePages, useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { useUrlFilters } from '../../ui/url-filters';
import { auditWords } from './audit.words';
import { actionText, aggregateNames, aggregateText, fieldText, valueText } from './audit-texts';

export function AuditPage() {
  const w = useWords(auditWords);
  const [filters, setFilters] = useUrlFilters(['aggregate', 'aggregateId', 'action']);
  const events = usePages(auditApi.listAuditEvents, { query: filters });
  const { lang } = useLanguage();
  const columns = useColumns();
  const chain = useRead(auditApi.verifyAuditChain, {}, { enabled: false });
  return (
    <Page
      title={w('title')}
      subtitle={w('lead')}
      actions={
        <Button type="primary" icon={<SafetyCertificateOutlined />} loading={chain.isFetching} onClick={() => void chain.refetch()}>
          {w('verify')}
        </Button>
      }
    >
      <Verification chain={chain} />
      <DataTable<AuditEventView>
        name="audit"
        label={w('title')}
        columns={columns}
        rows={events.items}
        rowKey={(event) => event.id}
        isLoading={events.isPending}
        problem={events.error}
        onRetry={() => void events.refetch()}
        total={events.total}
        hasMore={events.hasNextPage}
        isLoadingMore={events.isFetchingNextPage}
        onMore={() => void events.fetchNextPage()}
        empty={w('empty')}
        filters={
          <>
            <Select
              aria-label={w('aggregate')}
              style={{ width: 180 }}
              value={filters.aggregate ?? ''}
              onChange={(aggregate) => setFilters({ aggregate })}
              options={[
                { value: '', label: w('anyAggregate') },
                ...aggregateNames.map((value) => ({ value, label: aggregateText(value, lang) })),
              ]}
            />
            <Input.Search
              allowClear
              aria-label={w('searchId')}
              placeholder={w('searchId')}
              defaultValue={filters.aggregateId}
              onSearch={(aggregateId) => setFilters({ aggregateId })}
              style={{ width: 220 }}
            />
          </>
        }
      />
    </Page>
  );
}

function useColumns(): Column<AuditEventView>[] {
  const w = useWords(auditWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const nameOf = ({ actor }: AuditEventView) => actor.name || w(actor.kind === 'official' ? 'none' : actor.kind);
  return [
    { key: 'at', title: w('at'), render: (_, event) => time.stamp(event.at), width: 160 },
    { key: 'actor', title: w('actor'), render: (_, event) => nameOf(event), width: 150 },
    { key: 'action', title: w('action'), render: (_, event) => <span title={event.action}>{actionText(event.action, lang)}</span> },
    {
      key: 'aggregate',
      title: w('aggregate'),
      render: (_, event) => (
        <>
          {aggregateText(event.aggregate, lang)}{' '}
          <span className="hint" title={event.aggregateId}>
            {event.aggregateId.slice(0, 8)}
          </span>
        </>
      ),
    },
    { key: 'reason', title: w('reason'), render: (_, event) => event.reason ?? w('none') },
    { key: 'change', title: w('change'), render: (_, event) => <Change event={event} /> },
    {
      key: 'sealed',
      title: w('sealed'),
      width: 110,
      render: (_, event) => <Tag color={event.isSealed ? 'success' : 'default'}>{w(event.isSealed ? 'sealed' : 'unsealed')}</Tag>,
    },
  ];
}

function Change({ event }: { event: AuditEventView }) {
  const { lang } = useLanguage();
  const names = [...new Set([...Object.keys(event.before ?? {}), ...Object.keys(event.after ?? {})])];
  return (
    <Flex vertical className="hint" style={{ maxWidth: 320 }}>
      {names.map((name) => {
        const before = valueText(event.before?.[name], lang).slice(0, 24);
        return (
          <span key={name}>
            {fieldText(name, lang)}
            {lang === 'zh' ? '：' : ': '}
            {before ? `${before} → ` : ''}
            {valueText(event.after?.[name], lang).slice(0, 24)}
          </span>
        );
      })}
    </Flex>
  );
}

type Chain = ReturnType<typeof useRead<typeof auditApi.verifyAuditChain>>;

/** What the check of the whole chain found; it is run by hand. */
function Verification({ chain }: { chain: Chain }) {
  const w = useWords(auditWords);
  const found = chain.data;
  return (
    <div aria-live="polite">
      <ProblemAlert problem={chain.error} />
      {found ? (
        <Alert
          showIcon
          style={{ marginBottom: 16 }}
          type={found.isIntact ? 'success' : 'error'}
          title={
            found.firstBreak
              ? w('broken', { seal: found.firstBreak.sealNo, what: found.firstBreak.what })
              : w('intact', { count: found.checkedEvents })
          }
          description={found.unsealedEvents > 0 ? w('pending', { count: found.unsealedEvents }) : undefined}
        />
      ) : null}
    </div>
  );
}
