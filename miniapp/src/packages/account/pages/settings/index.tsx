import { useState } from 'react';
import { asProblem } from '@/api/client';
import { listMySubscriptions, recordSubscriptionGrant, type Subscription } from '@/api/messages';
import { useTexts } from '@/features/language';
import { restorePreferences } from '@/features/preferences';
import { useResource } from '@/features/resource';
import { useToken, withToken } from '@/features/session';
import { templatesOf } from '@/features/subscriptions';
import { platform } from '@/platform/current';
import { clearDeviceStorage } from '@/platform/storage';
import { Empty, Failed, Row, Section, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Page } from '@/ui/page';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import styles from '../../account.module.scss';
import { accountTexts } from '../../texts';

export default function SettingsPage() {
  const t = useTexts(accountTexts);
  const token = useToken();
  const clear = () => {
    clearDeviceStorage(['sessions', 'identity', 'city']);
    restorePreferences();
    showToast(t('cleared'));
  };
  return (
    <Page title={t('settings')}>
      {platform.askToSubscribe && token ? (
        <Subscriptions token={token} ask={platform.askToSubscribe} />
      ) : (
        <Empty icon="bell" title={t('noSubscriptions')} text={t('noSubscriptionsText')} />
      )}
      <Section title={t('data')}>
        <Box className={styles.pad}>
          <Box as="p" className={styles.text}>
            {t('clearText')}
          </Box>
          <Button kind="danger" label={t('clear')} onTap={clear} />
        </Box>
      </Section>
    </Page>
  );
}

function Subscriptions({ token, ask }: { token: string; ask: NonNullable<typeof platform.askToSubscribe> }) {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const { resource, reload } = useResource(token, () => withToken(token, listMySubscriptions));
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading') return <Skeleton cards={1} />;
  const { items } = resource.value;
  const oneTime = templatesOf(items, 'one-time');
  const longTerm = templatesOf(items, 'long-term');
  const grant = async (templateIds: readonly string[]) => {
    setBusy(true);
    try {
      const answers = await ask(templateIds);
      await withToken(token, (own) => recordSubscriptionGrant(own, answers));
      showToast(t(Object.values(answers).includes('accept') ? 'asked' : 'askRefused'));
      await reload();
    } catch (reason) {
      showToast(say(asProblem(reason)));
    }
    setBusy(false);
  };
  const words = (each: Subscription) =>
    each.isLongTerm ? t(each.isOn ? 'longTerm' : 'longTermOff') : each.credits > 0 ? t('credits', { count: each.credits }) : t('noCredits');
  return (
    <Section title={t('subscriptions')}>
      <Box as="p" className={styles.text}>
        {t('subscriptionsText')}
      </Box>
      <Box className={styles.group}>
        {items.map((each) => (
          <Row key={each.templateId} icon="bell" title={each.title} note={words(each)} />
        ))}
      </Box>
      {oneTime.length > 0 && <Button kind="plain" label={t('ask')} isBusy={isBusy} onTap={() => void grant(oneTime)} />}
      {longTerm.length > 0 && <Button kind="plain" label={t('askLongTerm')} isBusy={isBusy} onTap={() => void grant(longTerm)} />}
    </Section>
  );
}
