import { campaignsApi, type DeliveryRow, type DeliveryState, type DeliveryTimeline } from '@suiban/shared/api/campaigns';
import { awaitingStaffWords, deliveryStates, deliveryStateWords } from '@suiban/shared/campaigns';
import { Button, Drawer, Flex, Input, Select, Skeleton, Tag, Timeline } from 'antd';
import { useState } from 'react';
import { addressOf } from '../../../api/client';
import { usePages, useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { useSession } from '../../../layout/session';
import { type Column, DataTable } from '../../../ui/data-table';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { useUrlFilters } from '../../../ui/url-filters';
import { channelText } from '../campaigns.words';
import { boardWords } from './board.words';

const isState = (value: string | undefined): value is DeliveryState => deliveryStates.some((state) => state === value);
const colours: Record<DeliveryState, string> = {
  planned: 'default',
  sending: 'processing',
  accepted: 'success',
  refused: 'error',
  unknown: 'warning',
  suppressed: 'default',
  cancelled: 'default',
};

const dotColours: Partial<Record<DeliveryTimeline['events'][number]['kind'], string>> = {
  accepted: 'green',
  'awaiting-staff': 'orange',
  receipt: 'green',
  answered: 'green',
  refused: 'red',
  unknown: 'orange',
  suppressed: 'gray',
  cancelled: 'gray',
};

export function Recipients({ campaignId }: { campaignId: string }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  const { may } = useSession();
  const [filters, setFilters] = useUrlFilters(['state', 'q']);
  const state = isState(filters.state) ? filters.state : undefined;
  const rows = usePages(campaignsApi.listDeliveries, { params: { campaignId }, query: { state, q: filters.q } }, { refetchMs: 5_000 });
  const [openSeq, setOpenSeq] = useState<number | null>(null);
  const columns = useColumns();
  return (
    <>
      <DataTable<DeliveryRow>
        name="deliveries"
        label={w('recipients')}
        columns={columns}
        rows={rows.items}
        rowKey={(row) => String(row.seq)}
        isLoading={rows.isPending}
        problem={rows.error}
        onRetry={() => void rows.refetch()}
        total={rows.total}
        hasMore={rows.hasNextPage}
        isLoadingMore={rows.isFetchingNextPage}
        onMore={() => void rows.fetchNextPage()}
        onOpen={(row) => setOpenSeq(row.seq)}
        empty={w('empty')}
        filters={
          <>
            <Select
              aria-label={w('state')}
              style={{ width: 160 }}
              value={filters.state ?? ''}
              onChange={(next) => setFilters({ state: next })}
              options={[
                { value: '', label: w('anyState') },
                ...deliveryStates.map((value) => ({ value: value as string, label: deliveryStateWords[value][lang] })),
              ]}
            />
            <Input.Search
              allowClear
              aria-label={w('search')}
              placeholder={w('search')}
              defaultValue={filters.q}
              onSearch={(q) => setFilters({ q })}
              style={{ width: 240 }}
            />
          </>
        }
        tools={
          may('campaigns.export') ? (
            <Button href={addressOf(campaignsApi.exportDeliveries, { params: { campaignId }, query: state ? { state } : {} })} download>
              {w('export')}
            </Button>
          ) : null
        }
      />
      <TimelineDrawer campaignId={campaignId} seq={openSeq} onClose={() => setOpenSeq(null)} />
    </>
  );
}

function useColumns(): Column<DeliveryRow>[] {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  return [
    {
      key: 'firm',
      title: w('firm'),
      render: (_, row) => (
        <>
          {row.enterpriseName} {row.isDemo ? <Tag>{w('demo')}</Tag> : null}
          <div className="hint">{row.creditCodeMasked}</div>
        </>
      ),
    },
    {
      key: 'state',
      title: w('state'),
      render: (_, row) => (
        <Flex gap={4}>
          {row.awaitsStaff ? (
            <Tag color="warning">{awaitingStaffWords[lang]}</Tag>
          ) : (
            <Tag color={colours[row.state]}>{deliveryStateWords[row.state][lang]}</Tag>
          )}
          {row.isInboxOnly ? <Tag>{w('inboxOnly')}</Tag> : null}
        </Flex>
      ),
    },
    { key: 'channel', title: w('channel'), render: (_, row) => (row.channel ? channelText(row.channel, lang) : w('none')) },
    { key: 'tries', title: w('tries'), align: 'right', render: (_, row) => row.attempts },
    { key: 'reason', title: w('reason'), render: (_, row) => (lang === 'zh' ? row.codeLabel : row.codeLabelEn) ?? '' },
    { key: 'settled', title: w('settled'), render: (_, row) => time.near(row.settledAt) },
    { key: 'answered', title: w('answered'), render: (_, row) => time.near(row.answeredAt) },
  ];
}

function TimelineDrawer({ campaignId, seq, onClose }: { campaignId: string; seq: number | null; onClose: () => void }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const delivery = useRead(campaignsApi.getDelivery, { params: { campaignId, seq: seq ?? 1 } }, { enabled: seq !== null });
  const found = seq === null ? undefined : delivery.data;
  return (
    <Drawer open={seq !== null} onClose={onClose} title={found?.enterpriseName ?? w('timeline')} size={480}>
      <ProblemAlert problem={seq === null ? null : delivery.error} onRetry={() => void delivery.refetch()} />
      {seq !== null && delivery.isPending ? <Skeleton active /> : null}
      {found ? (
        <>
          <p className="hint">
            {w('addresses')}：
            {found.addresses.map((address) => `${address.step + 1}. ${channelText(address.channel, lang)} ${address.label}`).join(' → ') ||
              w('none')}
          </p>
          <Timeline
            items={found.events.map((event) => ({
              color: dotColours[event.kind] ?? 'blue',
              content: (
                <>
                  {lang === 'zh' ? event.text : event.textEn}
                  <div className="hint">
                    {time.stamp(event.at)}
                    {event.channel ? ` · ${channelText(event.channel, lang)}` : ''}
                    {event.code ? ` · ${event.code}` : ''}
                  </div>
                </>
              ),
            }))}
          />
        </>
      ) : null}
    </Drawer>
  );
}
