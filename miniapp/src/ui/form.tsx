import { characterCount } from '@suiban/shared/text';
import type { ReactNode } from 'react';
import { useTexts } from '@/features/language';
import type { InputProps } from './element-props';
import { Box, Choice, Inline, Tap, TextBox, TextInput } from './elements';
import styles from './form.module.scss';
import { Icon } from './icon';
import { uiTexts } from './texts';

/** A label above, a hint below it, an error in words under the field. `children` gets the ids to point at. */
export function Field({
  id,
  label,
  hint,
  error,
  isOptional,
  children,
}: {
  id: string;
  label: string;
  hint?: string;
  error?: string;
  isOptional?: boolean;
  children: ReactNode;
}) {
  const t = useTexts(uiTexts);
  return (
    <Box className={styles.field}>
      <Box className={styles.label}>
        {label}
        {isOptional && <Inline className={styles.optional}>（{t('optional')}）</Inline>}
      </Box>
      {hint && <Box className={styles.hint}>{hint}</Box>}
      {children}
      <FieldError id={`${id}-error`} error={error} />
    </Box>
  );
}

/** Always in the page, so that a screen reader hears the error when it appears. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return (
    <Box id={id} role="alert">
      {error && (
        <Box className={styles.error}>
          <Icon name="warn" size={16} className={styles.errorIcon} />
          {error}
        </Box>
      )}
    </Box>
  );
}

export interface ListedChoice {
  value: string;
  label: string;
  note?: string;
  /** Under the choice while it is chosen. */
  below?: ReactNode;
}

interface ChoiceListProps {
  name: string;
  label: string;
  kind: 'radio' | 'checkbox';
  choices: readonly ListedChoice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  isInvalid?: boolean;
  describedBy?: string;
  /** No more may be chosen: those not chosen are off. */
  isFull?: boolean;
}

export function ChoiceList({ name, label, kind, choices, chosen, onChange, isInvalid, describedBy, isFull }: ChoiceListProps) {
  const choose = (value: string) => {
    if (kind === 'radio') return onChange([value]);
    onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  };
  return (
    <Box role={kind === 'radio' ? 'radiogroup' : 'group'} label={label} describedBy={describedBy}>
      {choices.map((choice) => {
        const isChosen = chosen.includes(choice.value);
        const isDisabled = !!isFull && !isChosen;
        return (
          <Box key={choice.value}>
            <Choice
              className={`${styles.choice} ${isChosen ? styles.chosen : ''} ${isDisabled ? styles.off : ''}`}
              kind={kind}
              name={name}
              isChosen={isChosen}
              isDisabled={isDisabled}
              isInvalid={isInvalid}
              onChoose={() => choose(choice.value)}
            >
              <Inline isDecoration className={`${styles.mark} ${kind === 'radio' ? styles.round : ''}`}>
                {isChosen && (kind === 'radio' ? <Inline className={styles.markDot} /> : <Icon name="check" size={16} />)}
              </Inline>
              <Inline className={styles.choiceText}>
                <Inline className={styles.choiceLabel}>{choice.label}</Inline>
                {choice.note && <Inline className={styles.choiceNote}>{choice.note}</Inline>}
              </Inline>
            </Choice>
            {isChosen && choice.below && <Box className={styles.below}>{choice.below}</Box>}
          </Box>
        );
      })}
    </Box>
  );
}

interface ScaleProps {
  name: string;
  label: string;
  min: number;
  max: number;
  value: number | null;
  onChange: (value: number) => void;
  lowLabel?: string;
  highLabel?: string;
  isInvalid?: boolean;
}

/** Points from low to high in one or two lines, each large enough to touch. */
export function ScaleInput({ name, label, min, max, value, onChange, lowLabel, highLabel, isInvalid }: ScaleProps) {
  const points = Array.from({ length: max - min + 1 }, (_, at) => min + at);
  const spoken = (point: number) =>
    [String(point), point === min ? lowLabel : point === max ? highLabel : undefined].filter(Boolean).join(' ');
  return (
    <Box role="radiogroup" label={label}>
      <Box className={`${styles.points} ${points.length > 7 ? styles.manyPoints : ''}`}>
        {points.map((point) => (
          <Choice
            key={point}
            className={`${styles.point} ${point === value ? styles.pointOn : ''}`}
            kind="radio"
            name={name}
            label={spoken(point)}
            isChosen={point === value}
            isInvalid={isInvalid}
            onChoose={() => onChange(point)}
          >
            {point}
          </Choice>
        ))}
      </Box>
      {(lowLabel || highLabel) && (
        <Box className={styles.ends} isDecoration>
          <Inline>{`${min} ${lowLabel ?? ''}`}</Inline>
          <Inline>{`${max} ${highLabel ?? ''}`}</Inline>
        </Box>
      )}
    </Box>
  );
}

interface StepperProps extends Omit<InputProps, 'kind'> {
  step?: number;
  unit?: string;
  isDecimal?: boolean;
  onStep: (by: number) => void;
}

/** A number that can be typed or stepped. */
export function Stepper({ step = 1, unit, isDecimal, onStep, ...input }: StepperProps) {
  const t = useTexts(uiTexts);
  return (
    <Box className={styles.stepper}>
      <Tap className={styles.stepButton} label={t('decrease')} onTap={() => onStep(-step)}>
        <Icon name="minus" />
      </Tap>
      <Box className={styles.stepInput}>
        <TextInput {...input} kind={isDecimal ? 'decimal' : 'integer'} />
      </Box>
      <Tap className={styles.stepButton} label={t('increase')} onTap={() => onStep(step)}>
        <Icon name="plus" />
      </Tap>
      {unit && <Inline className={styles.unit}>{unit}</Inline>}
    </Box>
  );
}

/** Long text with what is left of its length. */
export function TextArea(props: InputProps & { maxLength: number }) {
  const t = useTexts(uiTexts);
  return (
    <Box>
      <TextBox {...props} />
      <Box className={styles.count}>{t('charactersLeft', { count: Math.max(0, props.maxLength - characterCount(props.value)) })}</Box>
    </Box>
  );
}

/** On or off, at once. */
export function Switch({
  label,
  note,
  isOn,
  onChange,
}: {
  label: string;
  note?: string;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
}) {
  return (
    <Tap className={styles.switchRow} role="switch" isOn={isOn} onTap={() => onChange(!isOn)}>
      <Inline className={styles.choiceText}>
        <Inline className={styles.choiceLabel}>{label}</Inline>
        {note && <Inline className={styles.choiceNote}>{note}</Inline>}
      </Inline>
      <Inline isDecoration className={`${styles.switch} ${isOn ? styles.switchOn : ''}`}>
        <Inline className={styles.knob} />
      </Inline>
    </Tap>
  );
}
