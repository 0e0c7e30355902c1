import { useEffect, useState } from 'react';
import { listMySubscriptions, recordSubscriptionGrant } from '@/api/messages';
import { useTexts } from '@/features/language';
import { type Loaded, useResource } from '@/features/resource';
import { goTab, goTo } from '@/features/routes';
import { useToken, withToken } from '@/features/session';
import { templatesOf } from '@/features/subscriptions';
import type { SurveyForm } from '@/features/surveys/forms';
import { useForm } from '@/features/surveys/use-form';
import { platform } from '@/platform/current';
import { Row, Section } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Inline } from '@/ui/elements';
import { Icon } from '@/ui/icon';
import { Page } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { useWhen } from '@/ui/when';
import { WithForm } from '../../states';
import styles from '../../surveys.module.scss';
import { surveyTexts } from '../../texts';

export default function ResultPage() {
  const t = useTexts(surveyTexts);
  const form = useForm(true);
  useOrdersSoon(form);
  return (
    <Page
      title={t('result')}
      footer={
        <Box className={styles.footer}>
          <Remind />
          <Button kind="plain" label={t('toHome')} onTap={() => goTab('home')} />
        </Box>
      }
    >
      <WithForm of={form}>{(ready) => <Result form={ready} />}</WithForm>
    </Page>
  );
}

const laterMs = [1000, 2000, 4000, 8000] as const;

/** Appeals are opened a moment after the submission: asks again a few times, until they are there. */
function useOrdersSoon({ resource, reload }: Loaded<SurveyForm>): void {
  const [tries, setTries] = useState(0);
  const isWaiting = resource.state === 'ready' && resource.value.survey.submission?.workOrders.length === 0;
  useEffect(() => {
    const wait = laterMs[tries];
    if (!isWaiting || wait === undefined) return;
    const timer = setTimeout(() => {
      setTries(tries + 1);
      void reload();
    }, wait);
    return () => clearTimeout(timer);
  }, [isWaiting, tries, reload]);
}

function Result({ form: { survey } }: { form: SurveyForm }) {
  const t = useTexts(surveyTexts);
  const when = useWhen();
  const { submission } = survey;
  if (!submission) return null;
  const { workOrders } = submission;
  const steps = workOrders.length > 0 ? [t('stepOrder'), t('stepMessage'), t('stepRate')] : [t('stepSummary', { issuer: survey.issuer })];
  return (
    <>
      <Box className={styles.done}>
        <Box className={styles.doneMark} isDecoration>
          <Icon name="check" size={32} />
        </Box>
        <Box as="h2" id="thanks" className={styles.doneTitle}>
          {t('thanks')}
        </Box>
        <Box className={styles.doneText}>{t('thanksText', { when: when.instant(submission.submittedAt) })}</Box>
      </Box>
      {workOrders.length > 0 && (
        <Section title={t('orders')}>
          <Box className={styles.items}>
            {workOrders.map((each) => (
              <Row
                key={each.id}
                icon="speech"
                title={t('orderNumber', { number: each.number })}
                note={t('orderNote')}
                onTap={() => goTo('appeals/detail', { id: each.id, campaignId: survey.campaignId, enterpriseId: survey.enterpriseId })}
              />
            ))}
          </Box>
        </Section>
      )}
      <Section title={t('nextSteps')}>
        <Box as="ol" className={styles.part}>
          {steps.map((text, at) => (
            <Box as="li" key={text} className={styles.step}>
              <Inline className={styles.stepNumber} isDecoration>
                {at + 1}
              </Inline>
              <Inline className={styles.stepText}>{text}</Inline>
            </Box>
          ))}
        </Box>
      </Section>
    </>
  );
}

/** Asks for one more message. The templates are fetched before the tap: WeChat answers only to a tap it still remembers. */
function Remind() {
  const t = useTexts(surveyTexts);
  const token = useToken();
  const [isAsked, setAsked] = useState(false);
  const ask = platform.askToSubscribe;
  const { resource } = useResource(ask && token ? token : null, () => withToken(token ?? '', listMySubscriptions));
  const templateIds = resource.state === 'ready' ? templatesOf(resource.value.items, 'one-time') : [];
  if (!ask || !token || isAsked || templateIds.length === 0) return null;
  const remind = async () => {
    try {
      const answers = await ask(templateIds);
      setAsked(true);
      await withToken(token, (own) => recordSubscriptionGrant(own, answers));
      showToast(t(Object.values(answers).includes('accept') ? 'reminded' : 'notReminded'));
    } catch {
      showToast(t('notReminded'));
    }
  };
  return <Button label={t('remind')} onTap={() => void remind()} />;
}
