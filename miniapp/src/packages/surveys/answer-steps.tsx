import { type Answer, answerOf, firstUnanswered, nextQuestion, pathOf, previousQuestion, type Question } from '@suiban/shared/surveys';
import { textIn } from '@suiban/shared/words';
import { useDidHide } from '@tarojs/taro';
import { useEffect, useState } from 'react';
import { useLanguage, useTexts } from '@/features/language';
import { useIsOffline } from '@/features/network';
import { goBack, goTo } from '@/features/routes';
import type { DraftKeeper } from '@/features/surveys/draft';
import type { SurveyForm } from '@/features/surveys/forms';
import { useDraft } from '@/features/surveys/use-form';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, focusOn } from '@/ui/elements';
import { FieldError } from '@/ui/form';
import { Page } from '@/ui/page';
import { useProblemText } from '@/ui/problem-texts';
import { AnswerProgress } from './answer-progress';
import { errorOf } from './error-of';
import { QuestionBlock } from './question-block';
import styles from './surveys.module.scss';
import { surveyTexts } from './texts';

interface Props {
  form: SurveyForm;
  startAt?: string;
  isFromReview: boolean;
}
const headingId = 'question-title';

/** Sends what is not sent yet when the page is left or hidden, and when the network is back. */
function useSaving(draft: DraftKeeper): void {
  const isOffline = useIsOffline();
  useDidHide(() => void draft.flush());
  useEffect(() => () => void draft.flush(), [draft]);
  useEffect(() => {
    if (!isOffline) void draft.flush();
  }, [isOffline, draft]);
}

export function AnswerSteps({ form, startAt, isFromReview }: Props) {
  const t = useTexts(surveyTexts);
  const say = useProblemText();
  const language = useLanguage();
  const { survey, draft } = form;
  const { document } = survey;
  const state = useDraft(form);
  const [currentId, setCurrentId] = useState(() => startAt ?? firstUnanswered(document, state.answers)?.id ?? null);
  const [error, setError] = useState<string>();
  const path = pathOf(document, state.answers);
  // A draft that came from another device may have taken the question off the path: go on from where it stood.
  const current =
    path.questions.find((each) => each.id === currentId) ?? nextQuestion(document, state.answers, currentId) ?? path.questions[0];
  useSaving(draft);
  if (!current) return <Page title={textIn(document.title, language)}>{null}</Page>;

  const at = path.questions.indexOf(current);
  const goOnAt = (question: Question) => {
    setCurrentId(question.id);
    setError(undefined);
    void draft.flush();
    focusOn(headingId);
  };
  const change = (answer: Answer | null) => {
    draft.set(current.id, answer);
    setError(undefined);
  };
  const next = () => {
    const found = errorOf(current, answerOf(state.answers, current.id), language);
    setError(found);
    if (found) return;
    if (isFromReview) return goBack();
    const following = nextQuestion(document, state.answers, current.id);
    if (following) return goOnAt(following);
    void draft.flush();
    goTo('surveys/review', { campaignId: survey.campaignId, enterpriseId: survey.enterpriseId });
  };
  const back = () => {
    const before = previousQuestion(document, state.answers, current.id);
    if (before) goOnAt(before);
    else goBack();
  };
  const isLast = at === path.questions.length - 1;
  return (
    <Page
      title={textIn(document.title, language)}
      head={<AnswerProgress at={at} total={path.questions.length} state={state} />}
      footer={
        <Box className={styles.walk}>
          {!isFromReview && (
            <Box className={styles.walkBack}>
              <Button id="previous" kind="plain" label={t(at === 0 ? 'toTitle' : 'previous')} onTap={back} />
            </Box>
          )}
          <Box className={styles.walkNext}>
            <Button id="next" label={t(isFromReview ? 'backToReview' : isLast ? 'toReview' : 'next')} onTap={next} />
          </Box>
        </Box>
      }
    >
      <QuestionBlock
        key={current.id}
        headingId={headingId}
        question={current}
        sectionTitle={path.pages.find((each) => each.questions.includes(current))?.page.title}
        answer={answerOf(state.answers, current.id)}
        isInvalid={error !== undefined}
        onChange={change}
        onLeave={() => void draft.flush()}
      />
      <FieldError id="question-error" error={error} />
      {state.state === 'refused' && state.problem && <Notice tone="bad">{say(state.problem)}</Notice>}
    </Page>
  );
}
