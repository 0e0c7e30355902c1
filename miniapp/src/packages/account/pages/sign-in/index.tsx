import { useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useCity } from '@/features/city';
import { useTexts } from '@/features/language';
import { goBack } from '@/features/routes';
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
      {platform.signIn && consent}
      {platform.signIn && <PlatformSignIn mayGo={mayGo} onDone={done} />}
      <PhoneForm action={t('signIn')} mayGo={mayGo} onDone={(mobile, code) => signInWithPhone(mobile, code).then(done)}>
        {!platform.signIn && consent}
      </PhoneForm>
    </Page>
  );
}

function PlatformSignIn({ mayGo, onDone }: { mayGo: () => boolean; onDone: () => void }) {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const go = async () => {
    if (!mayGo()) return;
    setBusy(true);
    setProblem(null);
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
      <Button label={t('byPlatform')} isBusy={isBusy} onTap={() => void go()} />
      <Box role="alert" className={styles.after}>
        {problem && <Notice tone="bad">{say(problem)}</Notice>}
      </Box>
      <Box className={styles.or}>{t('orByPhone')}</Box>
    </>
  );
}
