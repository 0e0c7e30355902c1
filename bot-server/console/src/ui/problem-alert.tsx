import { dictionary } from '@suiban/shared/text';
import { Alert, Button } from 'antd';
import type { Problem } from '../api/client';
import { useWords } from '../i18n/language';

const pageWords = dictionary(
  { retry: '重试', requestId: '如需反馈，请提供编号 {id}' },
  { retry: 'Retry', requestId: 'Quote reference {id} when reporting this' },
);

/** What went wrong, where, and how to go on. */
export function ProblemAlert({ problem, onRetry }: { problem: Problem | null | undefined; onRetry?: () => void }) {
  const w = useWords(pageWords);
  if (!problem) return null;
  // Some details already list what is wrong field by field: said once is enough.
  const isListed = problem.errors.length > 0 && problem.errors.every((error) => problem.detail.includes(error.detail));
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      style={{ marginBottom: 16 }}
      title={problem.title}
      description={
        <>
          {problem.detail && problem.detail !== problem.title ? <div>{problem.detail}</div> : null}
          {problem.errors.length > 0 && !isListed ? (
            <ul className="problem-list">
              {problem.errors.slice(0, 12).map((error) => (
                <li key={`${error.pointer} ${error.detail}`}>{error.detail}</li>
              ))}
            </ul>
          ) : null}
          {problem.status >= 500 && problem.requestId ? <div className="hint">{w('requestId', { id: problem.requestId })}</div> : null}
        </>
      }
      action={
        onRetry ? (
          <Button size="small" onClick={onRetry}>
            {w('retry')}
          </Button>
        ) : undefined
      }
    />
  );
}
