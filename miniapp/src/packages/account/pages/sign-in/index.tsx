import { useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useCity } from '@/features/city';
import { useTexts } from '@/features/language';
import { goBack } from '@/features/routes';
import { leaveToSignIn } from '@/features/session/browser-sign-in';
import { signInWithPhone, signInWithPlatform } from '@/features/session/sign-in';
import { platform } from '@/platform/current';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Page } from '@/ui/page';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import styles from '../../account.module.scss';
import { Consent } from '../../consent';
import { PhoneForm } from '../../phone-form';
import { accountTexts } from '../../texts';

export default function SignInPage() {
  const t = useTexts(accountTexts);
  const city = useCity();
  const way = wayOf(city?.browserSignIns ?? []);
  const [isAgreed, setAgreed] = useState(false);
  const [error, setError] = useState<string>();
  const mayGo = () => {
    setError(isAgreed ? undefined : t('consentMissing'));
    return isAgreed;
  };
  const done = () => {
    showToast(t('signedIn'));
    goBack();
  };
  const consent = (
    <Consent
      isGiven={isAgreed}
      error={error}
      onChange={(given) => {
        setAgreed(given);
        setError(undefined);
      }}
    />
  );
  return (
    <Page title={t('signIn')}>
      <Box as="h2" className={styles.title}>
        {t('signInTitle', { name: city?.productName ?? '' })}
      </Box>
      <Box as="p" className={styles.text}>
        {t('signInText')}
      </Box>
      {way && consent}
      {way && <PlatformSignIn way={way} mayGo={mayGo} onDone={done} />}
      <PhoneForm action={t('signIn')} mayGo={mayGo} onDone={(mobile, code) => signInWithPhone(mobile, code).then(done)}>
        {!way && consent}
      </PhoneForm>
    </Page>
  );
}

/** Of the app this runs in. A browser's way is there only where the city has an account of that app. */
const ways = { 'wechat-mini': 'byWechat', 'wechat-official': 'byWechat', wecom: 'byWecom', 'alipay-mini': 'byAlipay' } as const;
type Way = keyof typeof ways;

function wayOf(configured: readonly string[]): Way | undefined {
  const { signIn, browserSignIn } = platform;
  return signIn?.platform ?? (browserSignIn && configured.includes(browserSignIn.client) ? browserSignIn.client : undefined);
}

function PlatformSignIn({ way, mayGo, onDone }: { way: Way; mayGo: () => boolean; onDone: () => void }) {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const go = async () => {
    if (!mayGo()) return;
    setBusy(true);
    setProblem(null);
    // The browser leaves this page, and may come back to it as it was.
    if (platform.browserSignIn) {
      leaveToSignIn();
      setBusy(false);
      return;
    }
    try {
      await signInWithPlatform();
      onDone();
    } catch (reason) {
      setProblem(asProblem(reason));
      setBusy(false);
    }
  };
  return (
    <>
      <Button label={t(ways[way])} isBusy={isBusy} onTap={() => void go()} />
      <Box role="alert" className={styles.after}>
        {problem && <Notice tone="bad">{say(problem)}</Notice>}
      </Box>
      <Box className={styles.or}>{t('orByPhone')}</Box>
    </>
  );
}
