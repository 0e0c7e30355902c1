import { campaignsApi } from '@suiban/shared/api/campaigns';
import { sizeClasses } from '@suiban/shared/api/enterprises';
import { type SurveyResults, surveysApi } from '@suiban/shared/api/surveys';
import { industries } from '@suiban/shared/enterprises';
import { questionsOf } from '@suiban/shared/surveys';
import { formatDate, groupDigits } from '@suiban/shared/time';
import { Alert, Button, Card, Col, Empty, Flex, Row, Select, Skeleton, Tabs } from 'antd';
import { useMemo } from 'react';
import { useParams } from 'react-router';
import { addressOf } from '../../api/client';
import { useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { Chart } from '../../ui/chart';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { useUrlFilters } from '../../ui/url-filters';
import { AnswersTable } from './answers-table';
import { QuestionCard } from './question-card';
import { resultWords, vias, viaText } from './results.words';

const filterNames = ['districtCode', 'industryCode', 'sizeClass', 'via', 'tab'] as const;
type Filters = Partial<Record<(typeof filterNames)[number], string>>;

export function ResultsPage() {
  const w = useWords(resultWords);
  const { may } = useSession();
  const { campaignId = '' } = useParams();
  const [filters, setFilters] = useUrlFilters(filterNames);
  const { tab, via, ...rest } = filters;
  const query = { ...rest, via: vias.find((each) => each === via) };
  const results = useRead(surveysApi.getResults, { params: { campaignId }, query }, { refetchMs: 10_000 });
  const campaign = useRead(campaignsApi.getCampaign, { params: { campaignId } }, { enabled: may('campaigns.read') });
  const title = campaign.data?.title ?? results.data?.title;
  const exportOf = (format: 'csv' | 'xlsx') => addressOf(surveysApi.exportAnswers, { params: { campaignId }, query: { format } });
  const items = [
    {
      key: 'summary',
      label: w('summary'),
      children: (
        <>
          <FilterBar filters={filters} onChange={setFilters} />
          <ProblemAlert problem={results.error} onRetry={() => void results.refetch()} />
          {results.isPending ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
          {results.data ? <Summary results={results.data} /> : null}
        </>
      ),
    },
    ...(may('surveys.answers') && results.data
      ? [{ key: 'answers', label: w('answers'), children: <AnswersTable campaignId={campaignId} document={results.data.document} /> }]
      : []),
  ];
  return (
    <Page
      title={w('titleOf', { title: title ?? '' })}
      trail={[{ label: w('campaigns'), to: '/campaigns' }, { label: title ?? '', to: `/campaigns/${campaignId}` }, { label: w('title') }]}
      subtitle={results.data ? w('questionnaire', { title: results.data.title, version: results.data.version }) : undefined}
      actions={
        may('surveys.export') ? (
          <>
            <Button href={exportOf('csv')} download>
              {w('exportCsv')}
            </Button>
            <Button href={exportOf('xlsx')} download>
              {w('exportXlsx')}
            </Button>
          </>
        ) : null
      }
    >
      <Tabs activeKey={tab ?? 'summary'} onChange={(next) => setFilters({ tab: next })} items={items} destroyOnHidden />
    </Page>
  );
}

function FilterBar({ filters, onChange }: { filters: Filters; onChange: (change: Filters) => void }) {
  const w = useWords(resultWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const choose = (name: keyof Filters, label: string, options: { value: string; label: string }[]) => (
    <Select
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      aria-label={label}
      placeholder={label}
      style={{ width: 180 }}
      value={filters[name] ?? null}
      onChange={(value) => onChange({ [name]: value ?? undefined })}
      options={options}
    />
  );
  return (
    <Flex gap={8} style={{ marginBottom: 16 }} wrap>
      {choose(
        'districtCode',
        w('district'),
        city.districts.map((each) => ({ value: each.code, label: lang === 'zh' ? each.name : each.nameEn })),
      )}
      {choose(
        'industryCode',
        w('industry'),
        industries.map((each) => ({ value: each.code, label: each.label[lang] })),
      )}
      {choose(
        'via',
        w('channel'),
        vias.map((value) => ({ value, label: viaText(value, lang) })),
      )}
      {choose(
        'sizeClass',
        w('size'),
        sizeClasses.map((value) => ({ value, label: w(value) })),
      )}
    </Flex>
  );
}

function Summary({ results }: { results: SurveyResults }) {
  const w = useWords(resultWords);
  const time = useTimeText();
  const figures = [
    { label: w('answered'), value: groupDigits(results.answered), note: '' },
    {
      label: w('answerRate'),
      value: results.answerRate === null ? w('none') : `${(results.answerRate * 100).toFixed(1)}%`,
      note: w('answerFormula'),
    },
    { label: w('median'), value: results.medianSeconds === null ? w('none') : time.length(results.medianSeconds * 1000), note: '' },
    { label: w('problems'), value: groupDigits(results.problemCount), note: '' },
  ];
  const questions = questionsOf(results.document);
  if (results.isSuppressed) return <Alert type="info" showIcon title={w('suppressed')} />;
  return (
    <>
      <Row gutter={16}>
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
      {results.answered === 0 ? (
        <Empty description={w('noAnswers')} style={{ padding: 48 }} />
      ) : (
        <>
          <Flow results={results} />
          <Row gutter={[16, 16]} style={{ marginTop: 16 }}>
            {results.questions.map(({ questionId, aggregate }) => {
              const index = questions.findIndex((question) => question.id === questionId);
              const question = questions[index];
              return question ? (
                <Col span={12} key={questionId}>
                  <QuestionCard number={index + 1} question={question} aggregate={aggregate} />
                </Col>
              ) : null;
            })}
          </Row>
        </>
      )}
    </>
  );
}

function Flow({ results }: { results: SurveyResults }) {
  const w = useWords(resultWords);
  const { lang } = useLanguage();
  const byDay = useMemo(
    () => ({
      grid: { left: 40, right: 16, top: 16, bottom: 24 },
      xAxis: { type: 'category' as const, data: results.byDay.map((day) => formatDate(day.on, lang)) },
      yAxis: { type: 'value' as const, minInterval: 1, splitLine: { lineStyle: { opacity: 0.4 } } },
      tooltip: { trigger: 'axis' as const },
      series: [
        {
          type: 'bar' as const,
          barMaxWidth: 32,
          itemStyle: { borderRadius: 4 },
          data: results.byDay.map((day) => day.answered),
          label: { show: true, position: 'top' as const },
        },
      ],
    }),
    [results.byDay, lang],
  );
  return (
    <Row gutter={16} style={{ marginTop: 16 }}>
      <Col span={16}>
        <Card title={w('byDay')}>
          <Chart
            option={byDay}
            height={200}
            label={`${w('byDay')}: ${results.byDay.map((day) => `${formatDate(day.on, lang)} ${day.answered}`).join(', ')}`}
          />
        </Card>
      </Col>
      <Col span={8}>
        <Card title={w('byVia')} style={{ height: '100%' }}>
          <dl className="share-bars">
            {results.byVia.map((line) => (
              <div key={line.via}>
                <dt>{viaText(line.via, lang)}</dt>
                <dd>{groupDigits(line.answered)}</dd>
                <span className="share-bar" aria-hidden="true">
                  <span style={{ width: `${(line.answered / Math.max(1, results.answered)) * 100}%` }} />
                </span>
              </div>
            ))}
          </dl>
        </Card>
      </Col>
    </Row>
  );
}
