import { characterCount } from '@suiban/shared/text';
import { useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { type MyWorkOrder, reopenWorkOrder, supplementWorkOrder } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { withToken } from '@/features/session';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Field, TextArea } from '@/ui/form';
import { useProblemText } from '@/ui/problem-texts';
import { Sheet } from '@/ui/sheet';
import styles from './appeals.module.scss';
import { appealTexts } from './texts';

export interface SheetProps {
  token: string;
  order: MyWorkOrder;
  onClose: () => void;
  onDone: (order: MyWorkOrder) => void;
}

export function SupplementSheet(props: SheetProps) {
  const t = useTexts(appealTexts);
  const texts = { title: t('supplement'), label: t('supplementLabel'), hint: t('supplementHint') };
  return <WrittenSheet {...props} {...texts} maxLength={2000} send={supplementWorkOrder} />;
}

export function ReopenSheet(props: SheetProps) {
  const t = useTexts(appealTexts);
  const texts = { title: t('reopen'), label: t('reopenLabel'), hint: t('reopenHint') };
  return <WrittenSheet {...props} {...texts} maxLength={500} send={reopenWorkOrder} />;
}

interface WrittenProps extends SheetProps {
  title: string;
  label: string;
  hint: string;
  maxLength: number;
  send: (token: string, id: string, text: string) => Promise<MyWorkOrder>;
}
const least = 2;

function WrittenSheet({ token, order, title, label, hint, maxLength, send, onClose, onDone }: WrittenProps) {
  const t = useTexts(appealTexts);
  const say = useProblemText();
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const go = async () => {
    const isShort = characterCount(text.trim()) < least;
    setError(isShort ? t('tooShort') : undefined);
    if (isShort) return;
    setBusy(true);
    setProblem(null);
    try {
      onDone(await withToken(token, (own) => send(own, order.id, text.trim())));
    } catch (reason) {
      setProblem(asProblem(reason));
      setBusy(false);
    }
  };
  return (
    <Sheet title={title} onClose={onClose} footer={<Button label={t('send')} isBusy={isBusy} onTap={() => void go()} />}>
      <Box className={styles.form}>
        <Field id="written" label={label} hint={hint} error={error}>
          <TextArea
            id="written"
            label={label}
            value={text}
            maxLength={maxLength}
            isInvalid={!!error}
            describedBy="written-error"
            onChange={setText}
          />
        </Field>
        <Box role="alert">{problem && <Notice tone="bad">{say(problem)}</Notice>}</Box>
      </Box>
    </Sheet>
  );
}
