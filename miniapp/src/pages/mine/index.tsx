import Taro from '@tarojs/taro';
import { useCity } from '@/features/city';
import { identityKey, identityName, isUnnamed, useWho, type Who } from '@/features/identity';
import { IdentityBar } from '@/features/identity/identity-bar';
import { useTexts } from '@/features/language';
import { useUnread } from '@/features/messages';
import { changePreferences, usePreferences } from '@/features/preferences';
import { goTo } from '@/features/routes';
import { signOutHere } from '@/features/session/sign-in';
import { Card, Empty, Failed, Row, Section, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Switch } from '@/ui/form';
import { Page, TabHeader } from '@/ui/page';
import { showToast } from '@/ui/toast';
import styles from './mine.module.scss';
import { mineTexts } from './texts';

export default function MinePage() {
  const t = useTexts(mineTexts);
  const who = useWho();
  const unread = useUnread(who);
  return (
    <Page title={t('title')} tab="mine" unread={unread}>
      <TabHeader title={t('title')} />
      <Profile who={who} />
      <Display />
      <About />
      {who.token && <Button kind="plain" label={t('signOut')} onTap={() => void signOutHere().then(() => showToast(t('signedOut')))} />}
      <Footer />
    </Page>
  );
}

function Profile({ who }: { who: Who }) {
  const t = useTexts(mineTexts);
  if (!who.token) {
    return (
      <Card>
        <Empty
          icon="person"
          title={t('signInTitle')}
          text={t('signInText')}
          action={<Button isNarrow label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />}
        />
      </Card>
    );
  }
  const { resource, reload } = who.me;
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading') return <Skeleton cards={1} />;
  const me = resource.value;
  return (
    <>
      <IdentityBar me={me} identity={who.identity} />
      <Box className={styles.group}>
        {me.mobileMasked ? (
          <Row icon="phone" title={t('mobile')} value={me.mobileMasked} />
        ) : (
          <Row icon="phone" title={t('bind')} note={t('bindNote')} onTap={() => goTo('account/bind', {})} />
        )}
        {me.identities
          .filter((each) => !isUnnamed(each))
          .map((each) => (
            <Row key={identityKey(each)} icon={each.kind === 'enterprise' ? 'building' : 'person'} title={identityName(each)} />
          ))}
        <Row icon="bell" title={t('settings')} onTap={() => goTo('account/settings', {})} />
      </Box>
    </>
  );
}

function Display() {
  const t = useTexts(mineTexts);
  const { isCare, language } = usePreferences();
  return (
    <Section title={t('display')}>
      <Box className={styles.group}>
        <Switch label={t('care')} note={t('careNote')} isOn={isCare} onChange={(next) => changePreferences({ isCare: next })} />
        <Row
          icon="globe"
          title={t('language')}
          value={t('languageName')}
          onTap={() => changePreferences({ language: language === 'zh' ? 'en' : 'zh' })}
        />
      </Box>
    </Section>
  );
}

function About() {
  const t = useTexts(mineTexts);
  const city = useCity();
  return (
    <Section title={t('about')}>
      <Box className={styles.group}>
        <Row icon="shield" title={t('privacy')} onTap={() => goTo('account/legal', { document: 'privacy' })} />
        <Row icon="info" title={t('terms')} onTap={() => goTo('account/legal', { document: 'terms' })} />
        {city?.hotline && (
          <Row
            icon="phone"
            title={t('hotline')}
            value={city.hotline}
            onTap={() => void Taro.makePhoneCall({ phoneNumber: city.hotline })}
          />
        )}
      </Box>
    </Section>
  );
}

function Footer() {
  const t = useTexts(mineTexts);
  const city = useCity();
  if (!city) return null;
  return (
    <Box as="footer" className={styles.footer}>
      <Box>{t('operator', { operator: city.footer.operator })}</Box>
      <Box>{t('record', { number: city.footer.recordNumber })}</Box>
    </Box>
  );
}
