import { toHalfWidth } from '@suiban/shared/text';
import { textIn } from '@suiban/shared/words';
import { useState } from 'react';
import { useTexts } from '@/features/language';
import { ScaleInput, Stepper } from '@/ui/form';
import { DateInput } from '@/ui/pick';
import { surveyTexts } from '../texts';
import type { QuestionViewProps } from './view';

const numberOf = (answer: unknown): number | null => (typeof answer === 'number' ? answer : null);

export function ScaleView({ question, answer, onChange, language, title, isInvalid }: QuestionViewProps<'scale'>) {
  const { min, max, lowLabel, highLabel } = question.config;
  return (
    <ScaleInput
      name={question.id}
      label={title}
      min={min}
      max={max}
      value={numberOf(answer)}
      lowLabel={lowLabel && textIn(lowLabel, language)}
      highLabel={highLabel && textIn(highLabel, language)}
      isInvalid={isInvalid}
      onChange={onChange}
    />
  );
}

const npsPoints = { min: 0, max: 10 } as const;

export function NpsView({ question, answer, onChange, language, title, isInvalid }: QuestionViewProps<'nps'>) {
  const { lowLabel, highLabel } = question.config;
  return (
    <ScaleInput
      name={question.id}
      label={title}
      {...npsPoints}
      value={numberOf(answer)}
      lowLabel={lowLabel && textIn(lowLabel, language)}
      highLabel={highLabel && textIn(highLabel, language)}
      isInvalid={isInvalid}
      onChange={onChange}
    />
  );
}

/** What is typed is kept as typed while it is no number, so that the engine can say so and nothing is lost. */
export function NumberView({ question, answer, onChange, onLeave, language, title, isInvalid, errorId }: QuestionViewProps<'number'>) {
  const { min, max, decimals = 0, unit } = question.config;
  const [typed, setTyped] = useState(() => (answer === null || answer === undefined ? '' : String(answer)));
  const type = (text: string) => {
    setTyped(text);
    const clean = toHalfWidth(text).trim().replace(/,/g, '');
    onChange(clean === '' ? null : /^-?\d+(\.\d+)?$/.test(clean) ? Number(clean) : text);
  };
  const step = (by: number) => {
    const next = (numberOf(answer) ?? (by > 0 ? (min ?? 0) - by : (min ?? 0) + Math.abs(by))) + by;
    const bounded = Math.min(Math.max(next, min ?? next), max ?? next);
    type(String(Number(bounded.toFixed(decimals))));
  };
  return (
    <Stepper
      id={question.id}
      label={title}
      value={typed}
      unit={unit && textIn(unit, language)}
      isDecimal={decimals > 0}
      maxLength={20}
      isInvalid={isInvalid}
      describedBy={errorId}
      onChange={type}
      onStep={step}
      onLeave={onLeave}
    />
  );
}

export function DateView({ question, answer, onChange, title, isInvalid, errorId }: QuestionViewProps<'date'>) {
  const t = useTexts(surveyTexts);
  return (
    <DateInput
      id={question.id}
      label={title}
      value={typeof answer === 'string' ? answer : ''}
      min={question.config.minOn}
      max={question.config.maxOn}
      placeholder={t('chooseDate')}
      isInvalid={isInvalid}
      describedBy={errorId}
      onChange={(on) => onChange(on === '' ? null : on)}
    />
  );
}
