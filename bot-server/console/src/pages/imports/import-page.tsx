import { enterprisesApi, type ImportRun } from '@suiban/shared/api/enterprises';
import { groupDigits } from '@suiban/shared/time';
import { Alert, App, Button, Card, Flex, Popconfirm, Progress, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { addressOf } from '../../api/client';
import { usePages, useRead, useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { ImportMappingCard } from './import-mapping';
import { importWords } from './imports.words';
import { ImportStateTag } from './imports-page';

const megabyte = 1024 * 1024;

export function ImportPage() {
  const w = useWords(importWords);
  const { importId = '' } = useParams();
  const run = useRead(enterprisesApi.getImport, { params: { importId } }, { refetchMs: 1_000 });
  if (run.isPending) return <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 32 }} />;
  const found = run.data;
  return (
    <Page
      title={found?.fileName ?? w('title')}
      trail={[{ label: w('title'), to: '/imports' }, { label: found?.fileName ?? '' }]}
      subtitle={found ? w('size', { size: (found.sizeBytes / megabyte).toFixed(2), encoding: found.encoding }) : undefined}
      tags={found ? <ImportStateTag state={found.state} /> : null}
      actions={
        found?.state === 'completed' ? (
          <Link to="/enterprises">
            <Button type="primary">{w('firms')}</Button>
          </Link>
        ) : null
      }
    >
      <ProblemAlert problem={run.error} onRetry={() => void run.refetch()} />
      {found?.state === 'uploaded' ? <ImportMappingCard importId={importId} /> : null}
      {found && found.state !== 'uploaded' ? <Outcome run={found} /> : null}
    </Page>
  );
}

function Outcome({ run }: { run: ImportRun }) {
  const w = useWords(importWords);
  return (
    <>
      {run.state === 'running' ? <Running run={run} /> : null}
      {run.failure ? <Alert type="error" showIcon title={run.failure} style={{ marginBottom: 16 }} /> : null}
      {run.state === 'running' ? null : (
        <Alert
          type={run.state === 'completed' ? 'success' : 'warning'}
          showIcon
          style={{ marginBottom: 16 }}
          title={w('result', {
            read: groupDigits(run.rowsRead),
            imported: groupDigits(run.rowsImported),
            updated: groupDigits(run.rowsUpdated),
            rejected: groupDigits(run.rowsRejected),
            duplicate: groupDigits(run.rowsDuplicate),
          })}
        />
      )}
      <Errors run={run} />
    </>
  );
}

function Running({ run }: { run: ImportRun }) {
  const w = useWords(importWords);
  const { message } = App.useApp();
  const cancel = useWrite(enterprisesApi.cancelImport, { refresh: [enterprisesApi.getImport.id] });
  const share = run.sizeBytes === 0 ? 0 : Math.min(99, Math.round((run.bytesRead / run.sizeBytes) * 100));
  const seconds = run.startedAt ? Math.max(1, (Date.now() - Date.parse(run.startedAt)) / 1000) : 1;
  return (
    <Card style={{ marginBottom: 16 }}>
      <Progress percent={share} status="active" aria-label={w('running')} />
      <Flex justify="space-between" align="center" style={{ marginTop: 8 }}>
        <span aria-live="polite">
          {w('progress', { rows: groupDigits(run.rowsRead), share })} ·{' '}
          {w('rate', { rate: groupDigits(Math.round(run.rowsRead / seconds)) })}
        </span>
        <Popconfirm
          title={w('cancel')}
          description={w('cancelNote')}
          okText={w('cancel')}
          cancelText={w('keep')}
          onConfirm={() => cancel.mutateAsync({ params: { importId: run.id } }).catch((problem: Error) => message.error(problem.message))}
        >
          <Button>{w('cancel')}</Button>
        </Popconfirm>
      </Flex>
    </Card>
  );
}

function Errors({ run }: { run: ImportRun }) {
  const w = useWords(importWords);
  const errors = usePages(
    enterprisesApi.listImportErrors,
    { params: { importId: run.id } },
    { refetchMs: run.state === 'running' ? 3_000 : false },
  );
  return (
    <Card title={w('errors')}>
      <DataTable
        name="import-errors"
        label={w('errors')}
        columns={[
          { key: 'line', title: w('line'), width: 90, render: (_, error) => groupDigits(error.line) },
          { key: 'column', title: w('column'), width: 180, render: (_, error) => error.column ?? w('none') },
          { key: 'message', title: w('message'), render: (_, error) => error.message },
        ]}
        rows={errors.items}
        rowKey={(error) => `${error.line} ${error.column} ${error.rule}`}
        isLoading={errors.isPending}
        problem={errors.error}
        onRetry={() => void errors.refetch()}
        total={errors.total}
        hasMore={errors.hasNextPage}
        isLoadingMore={errors.isFetchingNextPage}
        onMore={() => void errors.fetchNextPage()}
        empty={w('noErrors')}
        tools={
          errors.items.length > 0 ? (
            <Button href={addressOf(enterprisesApi.downloadImportErrors, { params: { importId: run.id } })} download>
              {w('download')}
            </Button>
          ) : null
        }
      />
    </Card>
  );
}
