import type { ResponseOf } from '@suiban/shared/api/operation';
import { surveysApi } from '@suiban/shared/api/surveys';
import { industryLabel } from '@suiban/shared/enterprises';
import { reviewOf, type SurveyDocument } from '@suiban/shared/surveys';
import { Drawer, Flex, Input, Tag } from 'antd';
import { useState } from 'react';
import { usePages } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { type Column, DataTable } from '../../ui/data-table';
import { useTimeText } from '../../ui/time-text';
import { useUrlFilters } from '../../ui/url-filters';
import { LookAtAnswerer } from './look-at-answerer';
import { resultWords, viaText } from './results.words';

type Row = ResponseOf<typeof surveysApi.listAnswers>['items'][number];

export function AnswersTable({ campaignId, document }: { campaignId: string; document: SurveyDocument }) {
  const w = useWords(resultWords);
  const [filters, setFilters] = useUrlFilters(['q', 'tab']);
  const [open, setOpen] = useState<Row | null>(null);
  const answers = usePages(surveysApi.listAnswers, { params: { campaignId }, query: { q: filters.q } });
  const columns = useColumns();
  return (
    <>
      <DataTable<Row>
        name="answers"
        label={w('answers')}
        columns={columns}
        rows={answers.items}
        rowKey={(row) => row.submissionId}
        isLoading={answers.isPending}
        problem={answers.error}
        onRetry={() => void answers.refetch()}
        total={answers.total}
        hasMore={answers.hasNextPage}
        isLoadingMore={answers.isFetchingNextPage}
        onMore={() => void answers.fetchNextPage()}
        onOpen={setOpen}
        empty={w('empty')}
        filters={
          <Input.Search
            allowClear
            aria-label={w('search')}
            placeholder={w('search')}
            defaultValue={filters.q}
            onSearch={(q) => setFilters({ q })}
            style={{ width: 260 }}
          />
        }
      />
      <Drawer open={open !== null} onClose={() => setOpen(null)} title={open?.enterpriseName ?? w('hidden')} size={520}>
        {open ? (
          <>
            {open.enterpriseName === null ? (
              <LookAtAnswerer key={open.submissionId} campaignId={campaignId} submissionId={open.submissionId} />
            ) : null}
            <Answers document={document} row={open} />
          </>
        ) : null}
      </Drawer>
    </>
  );
}

function useColumns(): Column<Row>[] {
  const w = useWords(resultWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const time = useTimeText();
  const districtOf = (code: string) => {
    const district = city.districts.find((each) => each.code === code);
    return lang === 'zh' ? district?.name : district?.nameEn;
  };
  return [
    { key: 'at', title: w('at'), render: (_, row) => time.near(row.submittedAt) },
    { key: 'firm', title: w('firm'), render: (_, row) => row.enterpriseName ?? <span className="hint">{w('hidden')}</span> },
    { key: 'district', title: w('district'), render: (_, row) => districtOf(row.districtCode) ?? w('none') },
    { key: 'industry', title: w('industry'), render: (_, row) => industryLabel(row.industryCode, lang) ?? w('none') },
    { key: 'channel', title: w('channel'), render: (_, row) => viaText(row.via, lang) },
    {
      key: 'orders',
      title: w('orders'),
      render: (_, row) => (
        <Flex gap={4} wrap>
          {row.workOrderNumbers.map((number) => (
            <Tag key={number}>{number}</Tag>
          ))}
        </Flex>
      ),
    },
  ];
}

function Answers({ document, row }: { document: SurveyDocument; row: Row }) {
  const { lang } = useLanguage();
  return (
    <dl className="answers">
      {reviewOf(document, row.answers, lang).map((item) => (
        <div key={item.questionId}>
          <dt>
            {item.number}. {item.title}
          </dt>
          <dd className="quoted">{item.text ?? <span className="hint">—</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
