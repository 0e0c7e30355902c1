import { useState } from 'react';
import { getMyMessage, type Message } from '@/api/messages';
import { useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { openLink } from '@/features/routes';
import { withToken } from '@/features/session';
import { Card, DemoTag, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Inline, Tap } from '@/ui/elements';
import { useWhen } from '@/ui/when';
import styles from './messages.module.scss';
import { messageTexts } from './texts';

interface Props {
  token: string;
  message: Message;
  onRead: (message: Message) => void;
}

/** One message: a tap unfolds it (and marks it read); the reason it was sent is always in sight. */
export function MessageCard({ token, message, onRead }: Props) {
  const t = useTexts(messageTexts);
  const when = useWhen();
  const [isOpen, setOpen] = useState(false);
  const isUnread = message.readAt === null;
  return (
    <Card>
      <Tap
        className={styles.summary}
        isExpanded={isOpen}
        onTap={() => {
          setOpen(!isOpen);
          if (isUnread) onRead(message);
        }}
      >
        <Inline className={styles.head}>
          {isUnread && <Inline isDecoration className={styles.dot} />}
          {isUnread && <Inline className={styles.unread}>{t('unread')}</Inline>}
          <Inline className={styles.when}>{when.instant(message.createdAt)}</Inline>
          {message.isDemo && <DemoTag />}
        </Inline>
        <Inline className={`${styles.title} ${isUnread ? styles.bold : ''}`}>{message.title}</Inline>
        <Inline className={`${styles.text} ${isOpen ? '' : styles.clamped}`}>{message.summary}</Inline>
      </Tap>
      {isOpen && <Whole token={token} message={message} />}
      <Box className={styles.why}>{t('why', { reason: message.reason })}</Box>
    </Card>
  );
}

/** The whole text, and where it leads. */
function Whole({ token, message }: { token: string; message: Message }) {
  const t = useTexts(messageTexts);
  const { resource, reload } = useResource(`${token} ${message.id}`, () => withToken(token, (own) => getMyMessage(own, message.id)));
  return (
    <>
      {resource.state === 'loading' && <Skeleton cards={1} />}
      {resource.state === 'failed' && <Failed problem={resource.problem} onRetry={reload} />}
      {resource.state === 'ready' && resource.value.text.trim() !== '' && <Box className={styles.whole}>{resource.value.text}</Box>}
      {message.link && (
        <Box className={styles.open}>
          <Button kind="plain" label={t('open')} onTap={() => openLink(message.link)} />
        </Box>
      )}
    </>
  );
}
