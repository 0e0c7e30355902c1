import { useRouter } from '@tarojs/taro';
import { useEffect, useRef, useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useTexts } from '@/features/language';
import { replaceBy } from '@/features/routes';
import { goOnAfterSignIn, signInWithBrowser } from '@/features/session/browser-sign-in';
import { Empty, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import { accountTexts } from '../../texts';

/** Where WeChat's and WeCom's own page comes back to. Without a code the person did not allow it. */
export default function OauthPage() {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const { client = '', code = '', state = '' } = useRouter().params;
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const isAllowed = code !== '' && state !== '';
  // The state is good once: a second run of the effect would meet a refusal.
  const isBegun = useRef(false);
  useEffect(() => {
    if (!isAllowed || isBegun.current) return;
    isBegun.current = true;
    signInWithBrowser({ client, code, state }).then(
      () => {
        showToast(t('signedIn'));
        goOnAfterSignIn();
      },
      (reason: unknown) => setProblem(asProblem(reason)),
    );
  }, [client, code, state, isAllowed, t]);
  return (
    <Page title={t('signIn')}>
      {isAllowed && !problem ? (
        <Skeleton cards={1} />
      ) : (
        <Empty
          icon="bell"
          title={t('notSignedIn')}
          text={problem ? say(problem) : t('notAllowed')}
          action={<Button isNarrow label={t('signInAgain')} onTap={() => replaceBy('account/sign-in', {})} />}
        />
      )}
    </Page>
  );
}
