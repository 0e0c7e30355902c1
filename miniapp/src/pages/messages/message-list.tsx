import { useState } from 'react';
import { asProblem } from '@/api/client';
import { listMyMessages, type Message, type MessageGroup, readMyMessages } from '@/api/messages';
import { useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { withToken } from '@/features/session';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Tap } from '@/ui/elements';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import { MessageCard } from './message-card';
import styles from './messages.module.scss';
import { messageTexts } from './texts';

interface Props {
  token: string;
  group: MessageGroup;
  enterpriseId: string | undefined;
  hasUnread: boolean;
  onRead: () => void;
}

const emptyTexts = {
  todo: ['emptyTodo', 'emptyTodoText'],
  notice: ['emptyNotice', 'emptyNoticeText'],
  service: ['emptyService', 'emptyServiceText'],
} as const;

export function MessageList({ token, group, enterpriseId, hasUnread, onRead }: Props) {
  const t = useTexts(messageTexts);
  const say = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const { resource, reload, replace } = useResource(`${token} ${group} ${enterpriseId ?? ''}`, () =>
    withToken(token, (own) => listMyMessages(own, { group, enterpriseId })),
  );
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading') return <Skeleton cards={3} />;
  const { items, nextCursor } = resource.value;
  const mark = (read: readonly Message[], readAt: string) => {
    const ids = new Set(read.map((each) => each.id));
    replace({ items: items.map((each) => (ids.has(each.id) ? { ...each, readAt } : each)), nextCursor });
  };
  const read = async (messages: readonly Message[]) => {
    try {
      await withToken(token, (own) =>
        readMyMessages(
          own,
          messages.map((each) => each.id),
        ),
      );
      mark(messages, messages[0]?.createdAt ?? '');
      onRead();
    } catch {
      // It stays unread, and is marked with the next tap.
    }
  };
  const more = async () => {
    setBusy(true);
    try {
      const page = await withToken(token, (own) => listMyMessages(own, { group, enterpriseId, cursor: nextCursor ?? undefined }));
      replace({ items: [...items, ...page.items], nextCursor: page.nextCursor });
    } catch (reason) {
      showToast(say(asProblem(reason)));
    }
    setBusy(false);
  };
  const unread = items.filter((each) => each.readAt === null);
  if (items.length === 0) return <Empty icon="bell" title={t(emptyTexts[group][0])} text={t(emptyTexts[group][1])} />;
  return (
    <>
      {hasUnread && unread.length > 1 && (
        <Box className={styles.tools}>
          <Tap className={styles.readAll} onTap={() => void read(unread).then(() => showToast(t('marked')))}>
            {t('readAll')}
          </Tap>
        </Box>
      )}
      {items.map((each) => (
        <MessageCard key={each.id} token={token} message={each} onRead={(message) => void read([message])} />
      ))}
      {nextCursor && <Button kind="plain" label={t('more')} isBusy={isBusy} onTap={() => void more()} />}
    </>
  );
}
