import { useRouter } from '@tarojs/taro';
import { useState } from 'react';
import { asProblem } from '@/api/client';
import { bindMobile, bindMobileOfWechat } from '@/api/identity';
import { acceptInvitation, getInvitation, type Invitation } from '@/api/invitations';
import { useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { goBack, goTab } from '@/features/routes';
import { sessions, useToken, withToken } from '@/features/session';
import { signInWithPhone } from '@/features/session/sign-in';
import { platform } from '@/platform/current';
import { DemoTag, Empty, Failed, Notice, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Page } from '@/ui/page';
import { PhoneNumberButton } from '@/ui/phone-number-button';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import { useWhen } from '@/ui/when';
import styles from '../../account.module.scss';
import { Consent } from '../../consent';
import { PhoneForm } from '../../phone-form';
import { accountTexts } from '../../texts';

/** Binds a mobile number to the person; with `invitation`, the firm that invited that number as well. */
export default function BindPage() {
  const t = useTexts(accountTexts);
  const { invitation } = useRouter().params;
  return <Page title={t(invitation ? 'invitation' : 'bind')}>{invitation ? <ByInvitation token={invitation} /> : <MobileOnly />}</Page>;
}

function MobileOnly() {
  const t = useTexts(accountTexts);
  const token = useToken();
  return (
    <>
      <Box as="p" className={styles.text}>
        {t('bindText')}
      </Box>
      {token && platform.kind === 'weapp' && <ByWechat token={token} />}
      <PhoneForm
        action={t('bindAction')}
        onDone={async (mobile, code) => {
          if (token) await withToken(token, (own) => bindMobile(own, mobile, code));
          else await signInWithPhone(mobile, code);
          showToast(t('bound'));
          goBack();
        }}
      />
    </>
  );
}

/** The number that WeChat knows, without a code by SMS. */
function ByWechat({ token }: { token: string }) {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const bind = async (code: string | undefined) => {
    if (!code) return showToast(t('mobileNotGiven'));
    try {
      await withToken(token, (own) => bindMobileOfWechat(own, code));
      showToast(t('bound'));
      goBack();
    } catch (reason) {
      showToast(say(asProblem(reason)));
    }
  };
  return (
    <>
      <PhoneNumberButton label={t('mobileByWechat')} onGiven={(code) => void bind(code)} />
      <Box className={styles.or}>{t('orByCode')}</Box>
    </>
  );
}

function ByInvitation({ token }: { token: string }) {
  const t = useTexts(accountTexts);
  const { resource, reload } = useResource(token, () => getInvitation(token));
  const [boundTo, setBoundTo] = useState<string>();
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading') return <Skeleton cards={1} />;
  const name = boundTo ?? resource.value.enterpriseName;
  if (boundTo !== undefined || resource.value.isBound) {
    return (
      <Empty
        icon="check"
        title={boundTo === undefined ? t('alreadyBound') : t('accepted', { name })}
        action={<Button isNarrow label={t('toHome')} onTap={() => goTab('home')} />}
      />
    );
  }
  return <Accept token={token} invitation={resource.value} onBound={setBoundTo} />;
}

function Accept({ token, invitation, onBound }: { token: string; invitation: Invitation; onBound: (name: string) => void }) {
  const t = useTexts(accountTexts);
  const when = useWhen();
  const [isAgreed, setAgreed] = useState(false);
  const [error, setError] = useState<string>();
  return (
    <>
      <Box as="h2" className={styles.title}>
        {t('invitationTitle', { name: invitation.enterpriseName })}
      </Box>
      {invitation.isDemo && <DemoTag />}
      <Box as="p" className={styles.text}>
        {t('invitationText', { mobile: invitation.mobileMasked })}
      </Box>
      <Box className={styles.until}>
        <Notice tone="primary">{t('invitationUntil', { when: when.deadline(invitation.expiresAt) })}</Notice>
      </Box>
      <PhoneForm
        action={t('accept')}
        mayGo={() => {
          setError(isAgreed ? undefined : t('consentMissing'));
          return isAgreed;
        }}
        onDone={async (mobile, code) => {
          await signInWithPhone(mobile, code);
          const own = sessions.store.get().main?.token ?? '';
          onBound((await acceptInvitation(own, token)).name);
        }}
      >
        <Consent isGiven={isAgreed} error={error} onChange={setAgreed} />
      </PhoneForm>
    </>
  );
}
