import type { ReactNode } from 'react';
import type { Myself } from '@/api/identity';
import { listMySurveys } from '@/api/surveys';
import { listMyWorkOrders } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { type Loaded, useResource } from '@/features/resource';
import { goTo } from '@/features/routes';
import { withToken } from '@/features/session';
import { byUrgency } from '@/features/surveys/by-urgency';
import { OrderCard } from '@/features/work-orders/order-card';
import { Empty, Failed, Section, Skeleton } from '@/ui/blocks';
import { Tap } from '@/ui/elements';
import { Icon } from '@/ui/icon';
import styles from './home.module.scss';
import { SurveyCard } from './survey-card';
import { homeTexts } from './texts';

const shownOrders = 3;
const shownAnswered = 3;

/** What waits for the firm, most urgent first, then how its matters stand. */
export function MyMatters({ token, me, enterpriseId }: { token: string; me: Myself; enterpriseId: string | undefined }) {
  const t = useTexts(homeTexts);
  if (enterpriseId === undefined) {
    const hasFirm = me.identities.some((each) => each.kind === 'enterprise');
    return <Empty icon="building" title={t('residentTitle')} text={hasFirm ? t('residentText') : t('noFirmText')} />;
  }
  return (
    <>
      <Surveys token={token} enterpriseId={enterpriseId} />
      <Orders token={token} enterpriseId={enterpriseId} />
    </>
  );
}

function Surveys({ token, enterpriseId }: { token: string; enterpriseId: string }) {
  const t = useTexts(homeTexts);
  const surveys = useResource(token, () => withToken(token, listMySurveys));
  return (
    <Waiting of={surveys} title={t('toAnswer')}>
      {({ items }) => {
        const mine = items.filter((each) => each.enterpriseId === enterpriseId);
        const open = byUrgency(mine.filter((each) => each.state === 'open'));
        const answered = mine.filter((each) => each.state === 'answered').slice(0, shownAnswered);
        return (
          <>
            <Section title={t('toAnswer')}>
              {open.map((each) => (
                <SurveyCard key={each.campaignId} survey={each} />
              ))}
              {open.length === 0 && <Empty icon="form" title={t('emptySurveys')} text={t('emptySurveysText')} />}
            </Section>
            {answered.length > 0 && (
              <Section title={t('answered')}>
                {answered.map((each) => (
                  <SurveyCard key={each.campaignId} survey={each} />
                ))}
              </Section>
            )}
          </>
        );
      }}
    </Waiting>
  );
}

function Orders({ token, enterpriseId }: { token: string; enterpriseId: string }) {
  const t = useTexts(homeTexts);
  const orders = useResource(`${token} ${enterpriseId}`, () => withToken(token, (own) => listMyWorkOrders(own, enterpriseId)));
  return (
    <Waiting of={orders} title={t('progress')}>
      {({ items }) => (
        <Section
          title={t('progress')}
          aside={
            items.length > shownOrders && (
              <Tap className={styles.all} onTap={() => goTo('appeals/list', {})}>
                {t('all')}
                <Icon name="next" size={16} />
              </Tap>
            )
          }
        >
          {items.slice(0, shownOrders).map((each) => (
            <OrderCard key={each.id} order={each} />
          ))}
          {items.length === 0 && <Empty icon="speech" title={t('emptyAppeals')} text={t('emptyAppealsText')} />}
        </Section>
      )}
    </Waiting>
  );
}

function Waiting<T>({ of, title, children }: { of: Loaded<T>; title: string; children: (value: T) => ReactNode }) {
  const { resource, reload } = of;
  if (resource.state === 'ready') return <>{children(resource.value)}</>;
  return (
    <Section title={title}>
      {resource.state === 'failed' ? <Failed problem={resource.problem} onRetry={reload} /> : <Skeleton cards={1} />}
    </Section>
  );
}
