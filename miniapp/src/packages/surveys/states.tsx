import type { ReactNode } from 'react';
import { useTexts } from '@/features/language';
import type { Loaded } from '@/features/resource';
import { goTab, goTo } from '@/features/routes';
import type { SurveyForm } from '@/features/surveys/forms';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { useWhen } from '@/ui/when';
import styles from './surveys.module.scss';
import { surveyTexts } from './texts';

/** Loading, failed, not signed in: the same on every page of a questionnaire. */
export function WithForm({ of, children }: { of: Loaded<SurveyForm>; children: (form: SurveyForm) => ReactNode }) {
  const t = useTexts(surveyTexts);
  const { resource, reload } = of;
  if (resource.state === 'ready') return <>{children(resource.value)}</>;
  if (resource.state === 'loading') return <Skeleton cards={3} />;
  if (resource.problem.type !== 'kernel:not-signed-in') return <Failed problem={resource.problem} onRetry={reload} />;
  return (
    <Empty
      icon="person"
      title={t('signInTitle')}
      text={t('signInText')}
      action={<Button isNarrow label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />}
    />
  );
}

/** The campaign is over. */
export function Closed({ hasDraft }: { hasDraft: boolean }) {
  const t = useTexts(surveyTexts);
  return (
    <Empty
      icon="clock"
      title={t('closedTitle')}
      text={`${hasDraft ? t('closedDraft') : ''}${t('closedText')}`}
      action={
        <Box className={styles.state}>
          <Button isNarrow label={t('report')} onTap={() => goTo('appeals/new', {})} />
          <Button isNarrow kind="plain" label={t('toHome')} onTap={() => goTab('home')} />
        </Box>
      }
    />
  );
}

/** The firm has answered: one answer per firm. */
export function Answered({ form }: { form: SurveyForm }) {
  const t = useTexts(surveyTexts);
  const when = useWhen();
  const { campaignId, enterpriseId, submission } = form.survey;
  return (
    <Empty
      icon="check"
      title={t('answeredTitle')}
      text={submission ? t('answeredText', { when: when.instant(submission.submittedAt) }) : undefined}
      action={
        <Box className={styles.state}>
          {submission && <Button isNarrow label={t('seeResult')} onTap={() => goTo('surveys/result', { campaignId, enterpriseId })} />}
          <Button isNarrow kind="plain" label={t('toHome')} onTap={() => goTab('home')} />
        </Box>
      }
    />
  );
}
