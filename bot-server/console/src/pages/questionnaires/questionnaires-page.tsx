import { DownOutlined } from '@ant-design/icons';
import { type QuestionnaireSummary, questionnairesApi } from '@suiban/shared/api/questionnaires';
import { newDocument, type SurveyDocument } from '@suiban/shared/surveys';
import { App, Button, Dropdown, Input, Select, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { usePages, useRead, useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { useTimeText } from '../../ui/time-text';
import { useUrlFilters } from '../../ui/url-filters';
import { questionnaireWords } from './questionnaires.words';

const states = ['draft', 'published', 'archived'] as const;
const isState = (value: string | undefined): value is (typeof states)[number] => states.some((state) => state === value);

export function QuestionnairesPage() {
  const w = useWords(questionnaireWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(['q', 'state']);
  const query = { q: filters.q, state: isState(filters.state) ? filters.state : undefined };
  const questionnaires = usePages(questionnairesApi.listQuestionnaires, { query });
  const columns = useColumns();
  return (
    <Page
      title={w('title')}
      actions={
        may('questionnaires.write') ? (
          <>
            <Link to="/questionnaires/import">
              <Button>{w('importText')}</Button>
            </Link>
            <Create />
          </>
        ) : undefined
      }
    >
      <DataTable<QuestionnaireSummary>
        name="questionnaires"
        label={w('title')}
        columns={columns}
        rows={questionnaires.items}
        rowKey={(row) => row.id}
        isLoading={questionnaires.isPending}
        problem={questionnaires.error}
        onRetry={() => void questionnaires.refetch()}
        total={questionnaires.total}
        hasMore={questionnaires.hasNextPage}
        isLoadingMore={questionnaires.isFetchingNextPage}
        onMore={() => void questionnaires.fetchNextPage()}
        onOpen={(row) => navigate(`/questionnaires/${row.id}`)}
        empty={w('empty')}
        filters={<Filters q={filters.q} state={query.state} onChange={setFilters} />}
      />
    </Page>
  );
}

type State = (typeof states)[number];

interface FiltersProps {
  q: string | undefined;
  state: State | undefined;
  onChange: (change: { q?: string | undefined; state?: State | undefined }) => void;
}

function Filters({ q, state, onChange }: FiltersProps) {
  const w = useWords(questionnaireWords);
  return (
    <>
      <Input.Search
        allowClear
        aria-label={w('search')}
        placeholder={w('search')}
        defaultValue={q}
        onSearch={(text) => onChange({ q: text })}
        style={{ width: 240 }}
      />
      <Select
        aria-label={w('state')}
        allowClear
        placeholder={w('state')}
        style={{ width: 140 }}
        value={state ?? null}
        onChange={(next) => onChange({ state: next ?? undefined })}
        options={states.map((value) => ({ value, label: w(value) }))}
      />
    </>
  );
}

function useColumns(): Column<QuestionnaireSummary>[] {
  const w = useWords(questionnaireWords);
  const time = useTimeText();
  return [
    {
      key: 'name',
      title: w('name'),
      render: (_, row) => (
        <>
          <Link to={`/questionnaires/${row.id}`}>{row.title}</Link> {row.isDemo ? <Tag>{w('demo')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'state',
      title: w('state'),
      render: (_, row) => (
        <>
          <Tag color={row.state === 'published' ? 'success' : 'default'}>{w(row.state)}</Tag>
          {row.state === 'published' && row.hasDraftChanges ? <Tag color="warning">{w('changed')}</Tag> : null}
        </>
      ),
    },
    {
      key: 'version',
      title: w('version'),
      align: 'right',
      render: (_, row) => (row.latestVersion === null ? w('none') : `v${row.latestVersion}`),
    },
    { key: 'questions', title: w('questions'), align: 'right', render: (_, row) => row.questionCount },
    { key: 'minutes', title: w('minutes'), render: (_, row) => w('minutesValue', { count: row.minutes }) },
    { key: 'updated', title: w('updated'), render: (_, row) => w('by', { name: row.updatedByName, at: time.near(row.updatedAt) }) },
  ];
}

/** Blank, or one of the forms we ship. */
function Create() {
  const w = useWords(questionnaireWords);
  const navigate = useNavigate();
  const { message } = App.useApp();
  const templates = useRead(questionnairesApi.listQuestionnaireTemplates);
  const create = useWrite(questionnairesApi.createQuestionnaire, {
    refresh: [questionnairesApi.listQuestionnaires.id],
    onDone: (questionnaire) => navigate(`/questionnaires/${questionnaire.id}`),
  });
  const start = (document: SurveyDocument) =>
    create.mutateAsync({ body: { document } }).catch((problem: Error) => message.error(problem.message));
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          { key: 'blank', label: w('blank'), onClick: () => void start(newDocument()) },
          {
            key: 'templates',
            type: 'group',
            label: w('fromTemplate'),
            children:
              templates.data?.items.map((template) => ({
                key: template.id,
                label: template.title,
                onClick: () => void start(template.document),
              })) ?? [],
          },
        ],
      }}
    >
      <Button type="primary" loading={create.isPending}>
        {w('create')} <DownOutlined />
      </Button>
    </Dropdown>
  );
}
