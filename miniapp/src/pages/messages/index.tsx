import { useState } from 'react';
import { countMyMessages, type MessageGroup } from '@/api/messages';
import { useWho, type Who } from '@/features/identity';
import { useTexts } from '@/features/language';
import { useUnread } from '@/features/messages';
import { useResource } from '@/features/resource';
import { goTo } from '@/features/routes';
import { withToken } from '@/features/session';
import { Badge } from '@/ui/badge';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Tap } from '@/ui/elements';
import { Page, TabHeader } from '@/ui/page';
import { MessageList } from './message-list';
import styles from './messages.module.scss';
import { messageTexts } from './texts';

export default function MessagesPage() {
  const t = useTexts(messageTexts);
  const who = useWho();
  const unread = useUnread(who);
  return (
    <Page title={t('title')} tab="messages" unread={unread}>
      <TabHeader title={t('title')} />
      {who.token ? (
        <Groups who={who} token={who.token} />
      ) : (
        <Empty
          icon="bell"
          title={t('signInTitle')}
          text={t('signInText')}
          action={<Button isNarrow label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />}
        />
      )}
    </Page>
  );
}

const groups: readonly MessageGroup[] = ['todo', 'notice', 'service'];

function Groups({ who, token }: { who: Who; token: string }) {
  const t = useTexts(messageTexts);
  const [group, setGroup] = useState<MessageGroup>('todo');
  const me = who.me.resource;
  const { enterpriseId } = who;
  const counts = useResource(me.state === 'ready' ? `${token} ${enterpriseId ?? ''}` : null, () =>
    withToken(token, (own) => countMyMessages(own, enterpriseId)),
  );
  if (me.state === 'failed') return <Failed problem={me.problem} onRetry={who.me.reload} />;
  if (me.state === 'loading') return <Skeleton cards={3} />;
  const byGroup = counts.resource.state === 'ready' ? counts.resource.value.byGroup : undefined;
  return (
    <>
      <Box className={styles.groups} role="tablist" label={t('groups')}>
        {groups.map((each) => (
          <Tap
            key={each}
            role="tab"
            className={`${styles.group} ${each === group ? styles.groupOn : ''}`}
            isOn={each === group}
            onTap={() => setGroup(each)}
          >
            {t(each)}
            <Badge count={byGroup?.[each] ?? 0} />
          </Tap>
        ))}
      </Box>
      <MessageList
        key={`${group} ${enterpriseId ?? ''}`}
        token={token}
        group={group}
        enterpriseId={enterpriseId}
        hasUnread={(byGroup?.[group] ?? 0) > 0}
        onRead={counts.reload}
      />
    </>
  );
}
