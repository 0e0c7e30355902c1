import { InboxOutlined } from '@ant-design/icons';
import { enterprisesApi, type ImportRun } from '@suiban/shared/api/enterprises';
import { groupDigits } from '@suiban/shared/time';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Progress, Tag, Upload } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { addressOf, type Problem, upload } from '../../api/client';
import { toProblem, usePages } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { type Column, DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { importWords } from './imports.words';

const colours = { uploaded: 'warning', running: 'processing', completed: 'success', failed: 'error', cancelled: 'default' } as const;

export function ImportStateTag({ state }: { state: ImportRun['state'] }) {
  const w = useWords(importWords);
  return <Tag color={colours[state]}>{w(state)}</Tag>;
}

export function ImportsPage() {
  const w = useWords(importWords);
  const navigate = useNavigate();
  const runs = usePages(enterprisesApi.listImports, {}, { refetchMs: 5_000 });
  const columns = useColumns();
  return (
    <Page
      title={w('title')}
      subtitle={w('lead')}
      actions={
        <Button href={addressOf(enterprisesApi.downloadImportTemplate)} download>
          {w('template')}
        </Button>
      }
    >
      <FileDrop />
      <DataTable<ImportRun>
        name="imports"
        label={w('title')}
        columns={columns}
        rows={runs.items}
        rowKey={(run) => run.id}
        isLoading={runs.isPending}
        problem={runs.error}
        onRetry={() => void runs.refetch()}
        total={runs.total}
        hasMore={runs.hasNextPage}
        isLoadingMore={runs.isFetchingNextPage}
        onMore={() => void runs.fetchNextPage()}
        onOpen={(run) => navigate(`/imports/${run.id}`)}
        empty={w('empty')}
      />
    </Page>
  );
}

function useColumns(): Column<ImportRun>[] {
  const w = useWords(importWords);
  const time = useTimeText();
  const count = (key: string, title: string, of: (run: ImportRun) => number): Column<ImportRun> => ({
    key,
    title,
    align: 'right',
    render: (_, run) => groupDigits(of(run)),
  });
  return [
    { key: 'file', title: w('file'), render: (_, run) => <Link to={`/imports/${run.id}`}>{run.fileName}</Link> },
    { key: 'state', title: w('state'), render: (_, run) => <ImportStateTag state={run.state} /> },
    count('rows', w('rows'), (run) => run.rowsRead),
    count('imported', w('imported'), (run) => run.rowsImported),
    count('updated', w('updated'), (run) => run.rowsUpdated),
    count('rejected', w('rejected'), (run) => run.rowsRejected),
    { key: 'at', title: w('at'), render: (_, run) => time.near(run.createdAt) },
  ];
}

function FileDrop() {
  const w = useWords(importWords);
  const navigate = useNavigate();
  const client = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (file: File) => {
    setProblem(null);
    setShare(0);
    try {
      const preview = await upload(enterprisesApi.uploadImport, file, { onProgress: setShare });
      await client.invalidateQueries({ queryKey: [enterprisesApi.listImports.id] });
      navigate(`/imports/${preview.run.id}`);
    } catch (error) {
      const found = toProblem(error);
      if (!found) throw error;
      setProblem(found);
    } finally {
      setShare(null);
    }
  };
  return (
    <div style={{ marginBottom: 24 }}>
      <ProblemAlert problem={problem} />
      <Upload.Dragger
        accept=".csv,.xlsx,.txt"
        showUploadList={false}
        disabled={share !== null}
        beforeUpload={(file) => {
          void send(file);
          return false;
        }}
      >
        <InboxOutlined style={{ fontSize: 32, color: 'var(--primary)' }} aria-hidden="true" />
        <p style={{ margin: '8px 0 0', fontWeight: 500 }}>
          {share === null ? w('drop') : w('uploading', { percent: Math.round(share * 100) })}
        </p>
        {share === null ? (
          <p className="hint">{w('dropHint')}</p>
        ) : (
          <Progress percent={Math.round(share * 100)} style={{ maxWidth: 360 }} />
        )}
      </Upload.Dragger>
    </div>
  );
}
