import { CommentOutlined } from '@ant-design/icons';
import { type ConversationCounts, conversationsApi } from '@suiban/shared/api/conversations';
import { Badge, Skeleton } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useRead } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useUrlFilters } from '../../ui/url-filters';
import { conversationWords } from './conversations.words';
import { type Drafts, DraftsContext } from './drafts';
import { Facts } from './facts';
import { Queue, type View, views } from './queue';
import { Thread } from './thread';
import { type Live, useLive } from './use-live';
import './conversations.css';

const filterNames = ['view', 'q'] as const;

/** Queue left, thread in the middle, facts right; the address names the tab, the search and the conversation. */
export function ConversationsPage() {
  const w = useWords(conversationWords);
  const { conversationId } = useParams();
  const navigate = useNavigate();
  const [filters, setFilters] = useUrlFilters(filterNames);
  const live = useLive();
  const [drafts] = useState<Drafts>(() => new Map());
  const view = views.find((name) => name === filters.view) ?? 'waiting';
  const search = new URLSearchParams(Object.entries(filters)).toString();
  const hrefOf = (id: string) => `/conversations/${id}${search ? `?${search}` : ''}`;
  const showView = (next: View) => setFilters({ view: next === 'waiting' ? undefined : next });
  return (
    <DraftsContext.Provider value={drafts}>
      <Page title={w('title')} isWorkspace tags={<Line line={live.line} />}>
        <Arrivals counts={live.counts} />
        <div className="talk">
          <Queue
            view={view}
            q={filters.q}
            counts={live.counts}
            selectedId={conversationId}
            refetchMs={live.refetchMs}
            onView={showView}
            onSearch={(q) => setFilters({ q })}
            hrefOf={hrefOf}
          />
          {conversationId ? (
            <Chosen
              conversationId={conversationId}
              live={live}
              onTaken={() => view === 'waiting' && showView('mine')}
              onGone={() => navigate(`/conversations${search ? `?${search}` : ''}`)}
            />
          ) : (
            <NothingChosen />
          )}
        </div>
      </Page>
    </DraftsContext.Provider>
  );
}

interface ChosenProps {
  conversationId: string;
  live: Live;
  onTaken: () => void;
  onGone: () => void;
}

function Chosen({ conversationId, live, onTaken, onGone }: ChosenProps) {
  const [takenId, setTakenId] = useState<string | null>(null);
  const conversation = useRead(conversationsApi.getConversation, { params: { conversationId } }, { refetchMs: live.refetchMs });
  if (conversation.isPending) return <Skeleton active avatar paragraph={{ rows: 8 }} style={{ padding: 24 }} />;
  const found = conversation.data;
  if (!found) {
    return (
      <div className="talk-lost">
        <ProblemAlert problem={conversation.error} onRetry={() => void conversation.refetch()} />
      </div>
    );
  }
  return (
    <>
      <Thread
        conversation={found}
        refetchMs={live.refetchMs}
        isJustTaken={takenId === found.id}
        onTaken={() => {
          setTakenId(found.id);
          onTaken();
        }}
        onGone={onGone}
      />
      <Facts conversation={found} refetchMs={live.refetchMs} />
    </>
  );
}

function Line({ line }: { line: Live['line'] }) {
  const w = useWords(conversationWords);
  if (line === 'opening') return null;
  const isUp = line === 'up';
  return <Badge status={isUp ? 'success' : 'warning'} text={<span className="hint">{w(isUp ? 'live' : 'polling')}</span>} />;
}

function NothingChosen() {
  const w = useWords(conversationWords);
  return (
    <div className="talk-nothing">
      <CommentOutlined aria-hidden="true" />
      <p>{w('pickOne')}</p>
      <p className="hint">{w('pickHint')}</p>
    </div>
  );
}

/** Says aloud that somebody came, and says nothing when somebody went. */
function Arrivals({ counts }: { counts: ConversationCounts | undefined }) {
  const w = useWords(conversationWords);
  const before = useRef<number | null>(null);
  const [said, say] = useState('');
  const waiting = counts?.waiting;
  useEffect(() => {
    if (waiting === undefined) return;
    if (before.current !== null && waiting > before.current) say(w('arrived', { count: waiting }));
    before.current = waiting;
  }, [waiting, w]);
  return (
    <p className="visually-hidden" aria-live="polite">
      {said}
    </p>
  );
}
