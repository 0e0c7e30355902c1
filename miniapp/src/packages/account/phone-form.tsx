import { type ReactNode, useEffect, useState } from 'react';
import { type ApiProblem, asProblem } from '@/api/client';
import { useTexts } from '@/features/language';
import { requestPhoneCode } from '@/features/session/sign-in';
import { Notice } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, TextInput } from '@/ui/elements';
import { Field } from '@/ui/form';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import styles from './account.module.scss';
import { accountTexts } from './texts';

interface Props {
  action: string;
  /** Something that must be right before; its text is shown by the caller. */
  mayGo?: () => boolean;
  onDone: (mobile: string, code: string) => Promise<void>;
  /** Just above the button. */
  children?: ReactNode;
}

const isMobile = (text: string) => /^1\d{10}$/.test(text);
const isCode = (text: string) => /^\d{6}$/.test(text);

/** Seconds until another code may be asked for, counting down. */
function useCountdown(): [seconds: number, start: (seconds: number) => void] {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => setSeconds(seconds - 1), 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return [seconds, setSeconds];
}

/** Proves a mobile number: number, code by SMS, and then `onDone`. */
export function PhoneForm({ action, mayGo, onDone, children }: Props) {
  const t = useTexts(accountTexts);
  const say = useProblemText();
  const [mobile, setMobile] = useState('');
  const [code, setCode] = useState('');
  const [errors, setErrors] = useState<{ mobile?: string; code?: string }>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [waitSec, startWaiting] = useCountdown();
  const [busy, setBusy] = useState<'code' | 'go' | null>(null);

  const attempt = async (kind: 'code' | 'go', act: () => Promise<void>) => {
    setBusy(kind);
    setProblem(null);
    try {
      await act();
    } catch (reason) {
      setProblem(asProblem(reason));
    }
    setBusy(null);
  };
  const sendCode = () => {
    if (!isMobile(mobile)) return setErrors({ mobile: t('mobileWrong') });
    setErrors({});
    void attempt('code', async () => {
      const { resendAfterSec } = await requestPhoneCode(mobile);
      startWaiting(resendAfterSec);
      showToast(t('codeSent'));
    });
  };
  const go = () => {
    const found = { mobile: isMobile(mobile) ? undefined : t('mobileWrong'), code: isCode(code) ? undefined : t('codeWrong') };
    setErrors(found);
    const isAllowed = mayGo ? mayGo() : true;
    if (found.mobile || found.code || !isAllowed) return;
    void attempt('go', () => onDone(mobile, code));
  };
  const resend = (
    <Button
      isNarrow
      kind="plain"
      label={waitSec > 0 ? t('resend', { count: waitSec }) : t('sendCode')}
      isDisabled={waitSec > 0}
      isBusy={busy === 'code'}
      onTap={sendCode}
    />
  );
  return (
    <Box>
      <Line id="mobile" kind="phone" hint={t('mobileHint')} maxLength={11} value={mobile} onChange={setMobile} error={errors.mobile} />
      <Line id="code" kind="code" maxLength={6} value={code} onChange={setCode} error={errors.code} beside={resend} />
      {children}
      <Box role="alert" className={styles.problem}>
        {problem && <Notice tone="bad">{say(problem)}</Notice>}
      </Box>
      <Button label={action} isBusy={busy === 'go'} onTap={go} />
    </Box>
  );
}

interface LineProps {
  id: 'mobile' | 'code';
  kind: 'phone' | 'code';
  hint?: string;
  maxLength: number;
  value: string;
  onChange: (value: string) => void;
  error?: string;
  beside?: ReactNode;
}

function Line({ id, kind, hint, maxLength, value, onChange, error, beside }: LineProps) {
  const t = useTexts(accountTexts);
  return (
    <Field id={id} label={t(id)} hint={hint} error={error}>
      <Box className={styles.codeLine}>
        <Box className={styles.codeInput}>
          <TextInput
            id={id}
            label={t(id)}
            kind={kind}
            value={value}
            maxLength={maxLength}
            isInvalid={!!error}
            describedBy={`${id}-error`}
            onChange={(text) => onChange(text.trim())}
          />
        </Box>
        {beside}
      </Box>
    </Field>
  );
}
