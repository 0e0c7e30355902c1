import { checkAnswers, type ReviewItem, reviewOf } from '@suiban/shared/surveys';
import { useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useLanguage, useTexts } from '@/features/language';
import { goTo } from '@/features/routes';
import { openForm, type SurveyForm, submitForm } from '@/features/surveys/forms';
import { useDraft, useForm } from '@/features/surveys/use-form';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Tap } from '@/ui/elements';
import { FieldError } from '@/ui/form';
import { Page } from '@/ui/page';
import { useProblemText } from '@/ui/problem-texts';
import { showResult } from '../../show-result';
import { Answered, Closed, WithForm } from '../../states';
import styles from '../../surveys.module.scss';
import { surveyTexts } from '../../texts';

export default function ReviewPage() {
  const t = useTexts(surveyTexts);
  const form = useForm(false);
  const { resource } = form;
  if (resource.state === 'ready' && resource.value.survey.state === 'open') return <Review form={resource.value} onChange={form.replace} />;
  return (
    <Page title={t('review')}>
      <WithForm of={form}>{(ready) => (ready.survey.state === 'answered' ? <Answered form={ready} /> : <Closed hasDraft />)}</WithForm>
    </Page>
  );
}

function Review({ form, onChange }: { form: SurveyForm; onChange: (form: SurveyForm) => void }) {
  const t = useTexts(surveyTexts);
  const say = useProblemText();
  const language = useLanguage();
  const { answers } = useDraft(form);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { survey } = form;
  const items = reviewOf(survey.document, answers, language);
  const left = items.filter((each) => each.problems.length > 0).length;
  const submit = async () => {
    const checked = checkAnswers(survey.document, answers);
    if (!checked.ok) return;
    setBusy(true);
    setProblem(null);
    try {
      await submitForm(form, checked.answers as Parameters<typeof submitForm>[1]);
      showResult(survey.campaignId, survey.enterpriseId);
    } catch (reason) {
      const found = asProblem(reason);
      setProblem(found);
      setBusy(false);
      // Closed, answered by a colleague, or a newer version: show it as it is now.
      if (['surveys:closed', 'surveys:already-answered', 'surveys:wrong-version'].includes(found.type)) {
        await openForm(survey.campaignId, survey.enterpriseId).then(onChange, () => undefined);
      }
    }
  };
  return (
    <Page
      title={t('review')}
      footer={
        <Box>
          <Box role="alert">
            {problem && (
              <Box className={styles.problem}>
                <Notice tone="bad">{`${t('submitFailed')}${say(problem)}`}</Notice>
              </Box>
            )}
            {left > 0 && (
              <Box className={styles.problem}>
                <Notice tone="warn">{t('left', { count: left })}</Notice>
              </Box>
            )}
          </Box>
          <Button id="submit" label={t('submit')} isDisabled={left > 0} isBusy={isBusy} onTap={() => void submit()} />
        </Box>
      }
    >
      <Box as="p" className={styles.lead}>
        {t('reviewText')}
      </Box>
      <Box as="ul" className={styles.items}>
        {items.map((item) => (
          <Item
            key={item.questionId}
            item={item}
            error={item.problems.map((each) => each[language]).join(language === 'zh' ? '；' : '; ')}
            onEdit={() =>
              goTo('surveys/answer', {
                campaignId: survey.campaignId,
                enterpriseId: survey.enterpriseId,
                question: item.questionId,
                step: 'edit',
              })
            }
          />
        ))}
      </Box>
    </Page>
  );
}

function Item({ item, error, onEdit }: { item: ReviewItem; error: string; onEdit: () => void }) {
  const t = useTexts(surveyTexts);
  return (
    <Box as="li" className={styles.item}>
      <Box className={styles.itemMain}>
        <Box className={styles.itemTitle}>{`${item.number}. ${item.title}`}</Box>
        <Box className={`${styles.itemText} ${item.text === null ? styles.itemNone : ''}`}>{item.text ?? t('none')}</Box>
        <FieldError id={`error-${item.questionId}`} error={error || undefined} />
      </Box>
      <Tap id={`edit-${item.questionId}`} className={styles.itemEdit} label={t('editQuestion', { number: item.number })} onTap={onEdit}>
        {t('edit')}
      </Tap>
    </Box>
  );
}
