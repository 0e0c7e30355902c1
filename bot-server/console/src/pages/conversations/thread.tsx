import { type ConversationDetail, type ConversationMessage, conversationsApi } from '@suiban/shared/api/conversations';
import { formatDateWithWeekday } from '@suiban/shared/time';
import { Alert, Button, Skeleton } from 'antd';
import { useLayoutEffect, useRef } from 'react';
import { usePages } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { Composer } from './composer';
import { conversationWords } from './conversations.words';
import { daysOfMessages, isFollowing } from './message-days';
import { MessageLine } from './message-line';
import { ThreadHead } from './thread-head';

interface ThreadProps {
  conversation: ConversationDetail;
  refetchMs: number | false;
  /** The reader took it a moment ago: the line to write in takes the focus that the button had. */
  isJustTaken: boolean;
  onTaken: () => void;
  /** The conversation went out of the reader's sight. */
  onGone: () => void;
}

/** One conversation: who and what may be done, what was said, and the line to answer in. */
export function Thread({ conversation, refetchMs, isJustTaken, onTaken, onGone }: ThreadProps) {
  const w = useWords(conversationWords);
  return (
    <section className="talk-thread" aria-label={w('log')}>
      <ThreadHead conversation={conversation} onTaken={onTaken} onGone={onGone} />
      <Messages conversation={conversation} refetchMs={refetchMs} />
      {conversation.pending ? (
        <div className="talk-pending">
          <Alert type="info" showIcon title={w('pending', { text: conversation.pending })} />
        </div>
      ) : null}
      <Composer key={conversation.id} conversation={conversation} isFocused={isJustTaken} />
    </section>
  );
}

function Messages({ conversation, refetchMs }: Pick<ThreadProps, 'conversation' | 'refetchMs'>) {
  const w = useWords(conversationWords);
  const { lang } = useLanguage();
  const { zone } = useTimeText();
  const pages = usePages<ConversationMessage, typeof conversationsApi.listConversationMessages>(
    conversationsApi.listConversationMessages,
    { params: { conversationId: conversation.id }, query: { limit: 40 } },
    { refetchMs },
  );
  const box = useStickyEnd(conversation.id, pages.items[0]?.id, pages.items.length);
  return (
    <div className="talk-log" role="log" aria-label={w('log')} ref={box} {...takesKeyboard}>
      <ProblemAlert problem={pages.error} onRetry={() => void pages.refetch()} />
      {pages.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {pages.hasNextPage ? (
        <div className="talk-earlier">
          <Button size="small" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {w('earlier')}
          </Button>
        </div>
      ) : null}
      {pages.isSuccess && pages.items.length === 0 ? <p className="hint talk-silent">{w('noMessage')}</p> : null}
      {daysOfMessages(pages.items, zone).map(({ on, messages }) => (
        <section key={on} aria-label={formatDateWithWeekday(on, lang)}>
          <h3 className="talk-day">{formatDateWithWeekday(on, lang)}</h3>
          {messages.map((message, at) => (
            <MessageLine
              key={message.id}
              conversation={conversation}
              message={message}
              isFollowing={isFollowing(message, messages[at - 1])}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

/** It scrolls, and its lines are no controls (WCAG 2.1.1). */
const takesKeyboard = { tabIndex: 0 };
const nearEndPx = 80;

/** Stays at the newest message while the reader is there; older ones that are loaded above leave what is read where it is. */
function useStickyEnd(conversationId: string, newestId: string | undefined, count: number) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef({ conversationId: '', newestId: '', height: 0, isAtEnd: true });
  useLayoutEffect(() => {
    const node = box.current;
    if (!node || count === 0) return;
    const was = before.current;
    const isNew = was.conversationId !== conversationId;
    if (isNew || (was.newestId !== newestId && was.isAtEnd)) node.scrollTop = node.scrollHeight;
    else if (was.newestId === newestId) node.scrollTop += node.scrollHeight - was.height;
    before.current = { conversationId, newestId: newestId ?? '', height: node.scrollHeight, isAtEnd: isNew || isAtEnd(node) };
  }, [conversationId, newestId, count]);
  useLayoutEffect(() => {
    const node = box.current;
    if (!node) return;
    const note = () => {
      before.current.isAtEnd = isAtEnd(node);
    };
    node.addEventListener('scroll', note, { passive: true });
    return () => node.removeEventListener('scroll', note);
  }, []);
  return box;
}

const isAtEnd = (node: HTMLElement): boolean => node.scrollHeight - node.scrollTop - node.clientHeight < nearEndPx;
