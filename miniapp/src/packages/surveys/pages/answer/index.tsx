import { useRouter } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useTexts } from '@/features/language';
import { goTab, replaceBy } from '@/features/routes';
import { signInWithLink } from '@/features/session/sign-in';
import { useForm } from '@/features/surveys/use-form';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { AnswerSteps } from '../../answer-steps';
import { Answered, Closed, WithForm } from '../../states';
import { surveyTexts } from '../../texts';

/** The questions, one per screen. Links from outside open here as well (a message names the firm, a personal link holds a token). */
export default function AnswerPage() {
  const { link, step } = useRouter().params;
  if (link) return <OpenLink link={link} />;
  return step ? <Answer /> : <ToTitle />;
}

function ToTitle() {
  const t = useTexts(surveyTexts);
  const { campaignId = '', enterpriseId = '' } = useRouter().params;
  useEffect(() => replaceBy('surveys/title', { campaignId, enterpriseId }), [campaignId, enterpriseId]);
  return (
    <Page title={t('survey')}>
      <Skeleton cards={3} />
    </Page>
  );
}

function Answer() {
  const t = useTexts(surveyTexts);
  const { question, step } = useRouter().params;
  const form = useForm(false);
  const { resource } = form;
  if (resource.state === 'ready' && resource.value.survey.state === 'open') {
    return <AnswerSteps form={resource.value} startAt={question} isFromReview={step === 'edit'} />;
  }
  return (
    <Page title={t('survey')}>
      <WithForm of={form}>
        {(ready) => (ready.survey.state === 'answered' ? <Answered form={ready} /> : <Closed hasDraft={false} />)}
      </WithForm>
    </Page>
  );
}

function OpenLink({ link }: { link: string }) {
  const t = useTexts(surveyTexts);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  useEffect(() => {
    if (problem) return;
    let isHere = true;
    signInWithLink(link).then(
      (scope) => {
        if (!isHere) return;
        if (scope) replaceBy('surveys/title', { campaignId: scope.campaignId, enterpriseId: scope.enterpriseId });
        else goTab('home');
      },
      (reason) => isHere && setProblem(asProblem(reason)),
    );
    return () => {
      isHere = false;
    };
  }, [link, problem]);
  const canRetry = problem?.type === 'offline' || problem?.type === 'unknown' || problem?.type === 'kernel:unavailable';
  return (
    <Page title={t('survey')}>
      {!problem && <Skeleton cards={3} />}
      {problem && canRetry && <Failed problem={problem} onRetry={() => setProblem(null)} />}
      {problem && !canRetry && (
        <Empty
          icon="warn"
          title={t('linkTitle')}
          text={t('linkText')}
          action={<Button isNarrow label={t('toHome')} onTap={() => goTab('home')} />}
        />
      )}
    </Page>
  );
}
