import { enterprisesApi, type ImportField } from '@suiban/shared/api/enterprises';
import type { ResponseOf } from '@suiban/shared/api/operation';
import { Alert, Button, Card, Checkbox, Flex, Select, Skeleton, Table } from 'antd';
import { useState } from 'react';
import { useRead, useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { ProblemAlert } from '../../ui/problem-alert';
import { importWords } from './imports.words';

type Line = Preview['rows'][number];
type Preview = ResponseOf<typeof enterprisesApi.getImportPreview>;

/** The row of choices above the file's own first rows. */
const mappingLine: Line = { line: 0, cells: [] };
const shownRows = 8;

export function ImportMappingCard({ importId }: { importId: string }) {
  const preview = useRead(enterprisesApi.getImportPreview, { params: { importId } });
  if (preview.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (!preview.data) return <ProblemAlert problem={preview.error} onRetry={() => void preview.refetch()} />;
  return <Mapping preview={preview.data} />;
}

/** The official confirms what each column means; the first rows are there to see it by. */
function Mapping({ preview }: { preview: Preview }) {
  const w = useWords(importWords);
  const { city } = useSession();
  const [chosen, setChosen] = useState<Record<number, ImportField | undefined>>(() =>
    Object.fromEntries(Object.entries(preview.mapping).map(([field, index]) => [index, field as ImportField])),
  );
  const [isDemo, setDemo] = useState(city.isDemo);
  const start = useWrite(enterprisesApi.startImport, { refresh: [enterprisesApi.getImport.id] });
  const used = new Set(Object.values(chosen));
  const missing = preview.fields.filter(({ field, isRequired }) => isRequired && !used.has(field));
  const mapping = Object.fromEntries(Object.entries(chosen).flatMap(([index, field]) => (field ? [[field, Number(index)]] : [])));
  return (
    <Card title={w('mapping')} extra={<span className="hint">{w('mappingLead')}</span>}>
      <ProblemAlert problem={start.error} />
      {missing.length > 0 ? <MissingColumns preview={preview} labels={missing.map(({ label }) => label)} /> : null}
      <Table<Line>
        size="small"
        pagination={false}
        scroll={{ x: 'max-content' }}
        rowKey="line"
        dataSource={[mappingLine, ...preview.rows.slice(0, shownRows)]}
        title={() => <span className="hint">{w('preview', { count: Math.min(shownRows, preview.rows.length) })}</span>}
        columns={preview.columns.map((column) => ({
          key: column.index,
          width: 190,
          title: column.header,
          render: (_: unknown, row: Line) =>
            row === mappingLine ? (
              <Select
                size="small"
                allowClear
                style={{ width: '100%' }}
                aria-label={w('meaningOf', { column: column.header })}
                placeholder={w('ignore')}
                value={chosen[column.index] ?? null}
                onChange={(field) => setChosen((before) => ({ ...before, [column.index]: field ?? undefined }))}
                options={preview.fields.map(({ field, label, isRequired }) => ({
                  value: field,
                  label: isRequired ? `${label} *` : label,
                  disabled: used.has(field) && chosen[column.index] !== field,
                }))}
              />
            ) : (
              (row.cells[column.index] ?? '')
            ),
        }))}
      />
      <Flex justify="space-between" align="center" style={{ marginTop: 16 }}>
        <Checkbox checked={isDemo} onChange={(event) => setDemo(event.target.checked)}>
          {w('demo')}
        </Checkbox>
        <Button
          type="primary"
          disabled={missing.length > 0}
          loading={start.isPending}
          onClick={() => start.mutate({ params: { importId: preview.run.id }, body: { mapping, markAsDemo: isDemo } })}
        >
          {w('start')}
        </Button>
      </Flex>
    </Card>
  );
}

function MissingColumns({ preview, labels }: { preview: Preview; labels: readonly string[] }) {
  const w = useWords(importWords);
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBottom: 16 }}
      title={w('missing', { fields: labels.join('、') })}
      description={preview.missing.map(({ field, label, accepted }) => (
        <div key={field}>
          {label}：{w('accepted', { names: accepted.join('、') })}
        </div>
      ))}
    />
  );
}
