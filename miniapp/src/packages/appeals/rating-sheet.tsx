import { useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { type Rating, rateWorkOrder } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { withToken } from '@/features/session';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { ChoiceList, Field, TextArea } from '@/ui/form';
import { useProblemText } from '@/ui/problem-texts';
import { Sheet } from '@/ui/sheet';
import styles from './appeals.module.scss';
import { satisfactionKeys } from './satisfaction';
import { appealTexts } from './texts';
import type { SheetProps } from './written-sheet';

const solvedValues = ['yes', 'partly', 'no'] as const;
const satisfactions = [5, 4, 3, 2, 1] as const;

/** 是否解决 and 满意度: both asked, a comment if one likes. */
export function RatingSheet({ token, order, onClose, onDone }: SheetProps) {
  const t = useTexts(appealTexts);
  const say = useProblemText();
  const [solved, setSolved] = useState<Rating['solved']>();
  const [satisfaction, setSatisfaction] = useState<number>();
  const [comment, setComment] = useState('');
  const [isTried, setTried] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    setTried(true);
    if (!solved || !satisfaction) return;
    setBusy(true);
    setProblem(null);
    const words = comment.trim();
    try {
      onDone(await withToken(token, (own) => rateWorkOrder(own, order.id, { solved, satisfaction, ...(words ? { comment: words } : {}) })));
    } catch (reason) {
      setProblem(asProblem(reason));
      setBusy(false);
    }
  };
  return (
    <Sheet title={t('rating')} onClose={onClose} footer={<Button label={t('submitRating')} isBusy={isBusy} onTap={() => void go()} />}>
      <Box className={styles.form}>
        <Field id="solved" label={t('solved')} error={isTried && !solved ? t('solvedMissing') : undefined}>
          <ChoiceList
            name="solved"
            label={t('solved')}
            kind="radio"
            choices={solvedValues.map((value) => ({ value, label: t(value) }))}
            chosen={solved ? [solved] : []}
            onChange={([value]) => setSolved(solvedValues.find((each) => each === value))}
          />
        </Field>
        <Field id="satisfaction" label={t('satisfaction')} error={isTried && !satisfaction ? t('satisfactionMissing') : undefined}>
          <ChoiceList
            name="satisfaction"
            label={t('satisfaction')}
            kind="radio"
            choices={satisfactions.map((value) => ({ value: String(value), label: t(satisfactionKeys[value] ?? 's3') }))}
            chosen={satisfaction ? [String(satisfaction)] : []}
            onChange={([value]) => setSatisfaction(Number(value))}
          />
        </Field>
        <Field id="comment" label={t('comment')} isOptional>
          <TextArea id="comment" label={t('comment')} value={comment} maxLength={500} onChange={setComment} />
        </Field>
        <Box role="alert">{problem && <Notice tone="bad">{say(problem)}</Notice>}</Box>
      </Box>
    </Sheet>
  );
}
