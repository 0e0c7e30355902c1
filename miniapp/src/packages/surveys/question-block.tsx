import { type Answer, type Question, questionTypeOf } from '@suiban/shared/surveys';
import { type LocalText, textIn } from '@suiban/shared/words';
import { useLanguage, useTexts } from '@/features/language';
import { Box, Inline, Tap } from '@/ui/elements';
import { QuestionView } from './questions';
import styles from './surveys.module.scss';
import { surveyTexts } from './texts';

interface Props {
  question: Question;
  sectionTitle?: LocalText;
  headingId: string;
  answer: unknown;
  isInvalid: boolean;
  onChange: (answer: Answer | null) => void;
  onLeave: () => void;
}

export function QuestionBlock({ question, sectionTitle, headingId, answer, isInvalid, onChange, onLeave }: Props) {
  const t = useTexts(surveyTexts);
  const language = useLanguage();
  const title = textIn(question.title, language);
  const hasChoice = question.kind === 'single' || question.kind === 'scale' || question.kind === 'nps' || question.kind === 'dropdown';
  const canClear = !question.required && hasChoice && !questionTypeOf(question.kind).isBlank(answer);
  return (
    <Box>
      {sectionTitle && <Box className={styles.section}>{textIn(sectionTitle, language)}</Box>}
      <Box as="h2" id={headingId} isFocusTarget className={styles.question}>
        {title}
        {!question.required && <Inline className={styles.optional}>（{t('optional')}）</Inline>}
      </Box>
      {question.hint && <Box className={styles.hint}>{textIn(question.hint, language)}</Box>}
      <Box className={styles.control}>
        <QuestionView
          question={question}
          answer={answer}
          language={language}
          title={title}
          isInvalid={isInvalid}
          errorId="question-error"
          onChange={onChange}
          onLeave={onLeave}
        />
      </Box>
      {canClear && (
        <Tap className={styles.clear} onTap={() => onChange(null)}>
          {t('clear')}
        </Tap>
      )}
    </Box>
  );
}
