import { useCity } from '@/features/city';
import { useWho } from '@/features/identity';
import { IdentityBar } from '@/features/identity/identity-bar';
import { useTexts } from '@/features/language';
import { useUnread } from '@/features/messages';
import { goTo } from '@/features/routes';
import { sessions } from '@/features/session';
import { useStore } from '@/features/store';
import { Card, Failed, Row, Section, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Inline, Tap } from '@/ui/elements';
import { Icon, type IconName } from '@/ui/icon';
import { Page, TabHeader } from '@/ui/page';
import styles from './home.module.scss';
import { MyMatters } from './my-matters';
import { homeTexts } from './texts';

export default function HomePage() {
  const t = useTexts(homeTexts);
  const city = useCity();
  const who = useWho();
  const unread = useUnread(who);
  const name = city?.productName ?? t('name');
  return (
    <Page title={name} tab="home" unread={unread}>
      <TabHeader title={name} />
      {who.token ? <SignedIn who={who} /> : <SignedOut />}
    </Page>
  );
}

function SignedIn({ who }: { who: ReturnType<typeof useWho> }) {
  const { resource, reload } = who.me;
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading' || !who.token) return <Skeleton cards={3} />;
  return (
    <>
      <IdentityBar me={resource.value} identity={who.identity} />
      <Entries />
      <MyMatters token={who.token} me={resource.value} enterpriseId={who.enterpriseId} />
    </>
  );
}

function SignedOut() {
  const t = useTexts(homeTexts);
  const { links } = useStore(sessions.store);
  return (
    <>
      <Box className={styles.welcome}>
        <Box as="h2" className={styles.welcomeTitle}>
          {t('signInTitle')}
        </Box>
        <Box as="p" className={styles.welcomeText}>
          {t('signInText')}
        </Box>
        <Button label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />
      </Box>
      <Entries />
      {links.length > 0 && (
        <Section title={t('byLink')}>
          <Card>
            {links.map((link) => (
              <Row
                key={link.token}
                icon="form"
                title={t('byLinkTitle')}
                onTap={() => goTo('surveys/title', { campaignId: link.campaignId, enterpriseId: link.enterpriseId })}
              />
            ))}
          </Card>
        </Section>
      )}
    </>
  );
}

function Entries() {
  const t = useTexts(homeTexts);
  return (
    <Box className={styles.entries}>
      <Entry icon="speech" name={t('report')} note={t('reportNote')} onTap={() => goTo('appeals/new', {})} />
      <Entry icon="form" name={t('appeals')} note={t('appealsNote')} onTap={() => goTo('appeals/list', {})} />
    </Box>
  );
}

function Entry({ icon, name, note, onTap }: { icon: IconName; name: string; note: string; onTap: () => void }) {
  return (
    <Tap className={styles.entry} onTap={onTap}>
      <Icon name={icon} size={32} className={styles.entryIcon} />
      <Inline className={styles.entryName}>{name}</Inline>
      <Inline className={styles.entryNote}>{note}</Inline>
    </Tap>
  );
}
