import type { ReactNode } from 'react';
import type { PersonIdentity } from '@/api/identity';
import { useWho } from '@/features/identity';
import { useTexts } from '@/features/language';
import { goTab, goTo } from '@/features/routes';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { appealTexts } from './texts';

type Enterprise = Extract<PersonIdentity, { kind: 'enterprise' }>;

/** Shows its content once it is known which firm the person acts for; asks for the sign-in or the firm before. */
export function AsEnterprise({ children }: { children: (token: string, enterprise: Enterprise) => ReactNode }) {
  const t = useTexts(appealTexts);
  const { token, me, identity } = useWho();
  if (!token) {
    return (
      <Empty
        icon="person"
        title={t('signInTitle')}
        text={t('signInText')}
        action={<Button isNarrow label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />}
      />
    );
  }
  if (me.resource.state === 'failed') return <Failed problem={me.resource.problem} onRetry={me.reload} />;
  if (me.resource.state === 'loading') return <Skeleton />;
  if (identity?.kind !== 'enterprise') {
    return (
      <Empty
        icon="building"
        title={t('noFirmTitle')}
        text={t('noFirmText')}
        action={<Button isNarrow kind="plain" label={t('toHome')} onTap={() => goTab('home')} />}
      />
    );
  }
  return <>{children(token, identity)}</>;
}
