import { type ConversationCounts, type ConversationSummary, conversationsApi } from '@suiban/shared/api/conversations';
import { Button, Empty, Input, Segmented, Skeleton } from 'antd';
import type { KeyboardEvent } from 'react';
import { usePages } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { conversationWords } from './conversations.words';
import { QueueRow } from './queue-row';

export const views = ['waiting', 'mine', 'all'] as const;
export type View = (typeof views)[number];

const emptyWords = { waiting: 'emptyWaiting', mine: 'emptyMine', all: 'emptyAll' } as const;

interface QueueProps {
  view: View;
  q: string | undefined;
  counts: ConversationCounts | undefined;
  selectedId: string | undefined;
  refetchMs: number | false;
  onView: (view: View) => void;
  onSearch: (q: string) => void;
  /** Where a row leads, with the filters kept. */
  hrefOf: (conversationId: string) => string;
}

/** Who waits, who is mine, everybody: tabs with counts, a search, rows that open. */
export function Queue({ view, q, counts, selectedId, refetchMs, onView, onSearch, hrefOf }: QueueProps) {
  const w = useWords(conversationWords);
  const pages = usePages<ConversationSummary, typeof conversationsApi.listConversations>(
    conversationsApi.listConversations,
    { query: { view, limit: 30, ...(q ? { q } : {}) } },
    { refetchMs },
  );
  return (
    <section className="talk-queue" aria-label={w('queue')}>
      <div className="talk-queue-head">
        <Segmented<View>
          block
          aria-label={w('queue')}
          value={view}
          onChange={onView}
          options={views.map((value) => ({ value, label: <TabLabel text={w(value)} count={counts?.[value]} /> }))}
        />
        <Input.Search key={q ?? ''} allowClear aria-label={w('search')} placeholder={w('search')} defaultValue={q} onSearch={onSearch} />
      </div>
      <ProblemAlert problem={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isPending ? <Skeleton active avatar title={false} paragraph={{ rows: 6 }} style={{ padding: 16 }} /> : null}
      {pages.isSuccess && pages.items.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w(emptyWords[view])} className="talk-empty" />
      ) : null}
      <ul className="talk-rows" onKeyDown={moveFocus}>
        {pages.items.map((conversation) => (
          <li key={conversation.id}>
            <QueueRow conversation={conversation} isSelected={conversation.id === selectedId} href={hrefOf(conversation.id)} />
          </li>
        ))}
        {pages.hasNextPage ? (
          <li className="talk-more">
            <Button type="link" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              {w('more')}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

function TabLabel({ text, count }: { text: string; count: number | undefined }) {
  return (
    <>
      {text} <span className="talk-tab-count">{count ?? ''}</span>
    </>
  );
}

/** Up and down go from row to row, beside Tab. */
function moveFocus(event: KeyboardEvent<HTMLUListElement>): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.talk-row')];
  const at = document.activeElement instanceof HTMLElement ? rows.indexOf(document.activeElement) : -1;
  const next = rows[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (at < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
