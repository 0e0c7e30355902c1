import type { Answer, MultipleOption, Option, Question, QuestionAnswer, QuestionConfig, QuestionKind } from '@suiban/shared/surveys';
import { textIn } from '@suiban/shared/words';
import type { ComponentType } from 'react';
import { useLanguage, useWords } from '../../../../i18n/language';
import { trialWords } from './trial.words';

interface ViewProps<Kind extends QuestionKind> {
  config: QuestionConfig<Kind>;
  answer: QuestionAnswer<Kind> | null | undefined;
  onAnswer: (answer: QuestionAnswer<Kind> | null) => void;
  /** Names the group of inputs. */
  name: string;
}

type Views = { readonly [Kind in QuestionKind]: ComponentType<ViewProps<Kind>> };

interface OtherTextProps {
  value: string | undefined;
  onChange: (value: string) => void;
}

function OtherText({ value, onChange }: OtherTextProps) {
  const w = useWords(trialWords);
  return (
    <input
      className="trial-input"
      aria-label={w('otherText')}
      placeholder={w('otherText')}
      maxLength={200}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

interface ChoiceProps {
  type: 'radio' | 'checkbox';
  name: string;
  option: Option;
  isChosen: boolean;
  onChoose: (isChosen: boolean) => void;
}

function Choice({ type, name, option, isChosen, onChoose }: ChoiceProps) {
  const { lang } = useLanguage();
  return (
    <label className={isChosen ? 'trial-choice chosen' : 'trial-choice'}>
      <input type={type} name={name} checked={isChosen} onChange={(event) => onChoose(event.target.checked)} />
      {textIn(option.label, lang) || '—'}
    </label>
  );
}

function Single({ config, answer, onAnswer, name }: ViewProps<'single'>) {
  const chosen = config.options.find((option) => option.id === answer?.option);
  return (
    <>
      {config.options.map((option) => (
        <Choice
          key={option.id}
          type="radio"
          name={name}
          option={option}
          isChosen={option.id === answer?.option}
          onChoose={() => onAnswer({ option: option.id })}
        />
      ))}
      {chosen?.withText ? (
        <OtherText value={answer?.otherText} onChange={(otherText) => onAnswer({ option: chosen.id, otherText })} />
      ) : null}
    </>
  );
}

/** As on the phone: an exclusive option takes the others out, and another one takes it out. */
function toggled(config: QuestionConfig<'multiple'>, chosen: readonly string[], option: MultipleOption, isChosen: boolean) {
  if (!isChosen) return chosen.filter((id) => id !== option.id);
  if (option.exclusive) return [option.id];
  const alone = new Set(config.options.filter((each) => each.exclusive).map((each) => each.id));
  return [...chosen.filter((id) => !alone.has(id)), option.id];
}

function Multiple({ config, answer, onAnswer, name }: ViewProps<'multiple'>) {
  const chosen = answer?.options ?? [];
  const asksText = config.options.some((option) => option.withText && chosen.includes(option.id));
  return (
    <>
      {config.options.map((option) => (
        <Choice
          key={option.id}
          type="checkbox"
          name={name}
          option={option}
          isChosen={chosen.includes(option.id)}
          onChoose={(isChosen) => {
            const options = toggled(config, chosen, option, isChosen);
            const keepsText = config.options.some((each) => each.withText && options.includes(each.id));
            onAnswer({ options, ...(keepsText && answer?.otherText ? { otherText: answer.otherText } : {}) });
          }}
        />
      ))}
      {asksText ? <OtherText value={answer?.otherText} onChange={(otherText) => onAnswer({ options: chosen, otherText })} /> : null}
    </>
  );
}

function Dropdown({ config, answer, onAnswer, name }: ViewProps<'dropdown'>) {
  const w = useWords(trialWords);
  const { lang } = useLanguage();
  const chosen = config.options.find((option) => option.id === answer?.option);
  return (
    <>
      <select
        className="trial-input"
        aria-label={name}
        value={answer?.option ?? ''}
        onChange={(event) => onAnswer(event.target.value === '' ? null : { option: event.target.value })}
      >
        <option value="">{config.placeholder ? textIn(config.placeholder, lang) : w('choose')}</option>
        {config.options.map((option) => (
          <option key={option.id} value={option.id}>
            {textIn(option.label, lang)}
          </option>
        ))}
      </select>
      {chosen?.withText ? (
        <OtherText value={answer?.otherText} onChange={(otherText) => onAnswer({ option: chosen.id, otherText })} />
      ) : null}
    </>
  );
}

function Text({ config, answer, onAnswer, name }: ViewProps<'text'>) {
  const { lang } = useLanguage();
  return (
    <input
      className="trial-input"
      aria-label={name}
      placeholder={config.placeholder ? textIn(config.placeholder, lang) : ''}
      value={answer ?? ''}
      onChange={(event) => onAnswer(event.target.value)}
    />
  );
}

function LongText({ config, answer, onAnswer, name }: ViewProps<'longText'>) {
  const { lang } = useLanguage();
  return (
    <textarea
      className="trial-input"
      aria-label={name}
      rows={5}
      placeholder={config.placeholder ? textIn(config.placeholder, lang) : ''}
      value={answer ?? ''}
      onChange={(event) => onAnswer(event.target.value)}
    />
  );
}

function NumberInput({ config, answer, onAnswer, name }: ViewProps<'number'>) {
  const { lang } = useLanguage();
  return (
    <span className="trial-number">
      <input
        className="trial-input"
        type="number"
        step="any"
        aria-label={name}
        value={answer ?? ''}
        onChange={(event) => onAnswer(event.target.value === '' ? null : event.target.valueAsNumber)}
      />
      {config.unit ? textIn(config.unit, lang) : null}
    </span>
  );
}

function Points({ config, answer, onAnswer, name }: ViewProps<'scale'>) {
  const { lang } = useLanguage();
  const points = Array.from({ length: Math.max(0, config.max - config.min + 1) }, (_, at) => config.min + at);
  return (
    <>
      <div className="trial-points">
        {points.map((point) => (
          <label key={point} className={point === answer ? 'trial-point chosen' : 'trial-point'}>
            <input type="radio" name={name} checked={point === answer} onChange={() => onAnswer(point)} />
            {point}
          </label>
        ))}
      </div>
      <div className="trial-ends">
        <span>{config.lowLabel ? textIn(config.lowLabel, lang) : ''}</span>
        <span>{config.highLabel ? textIn(config.highLabel, lang) : ''}</span>
      </div>
    </>
  );
}

function DateInput({ config, answer, onAnswer, name }: ViewProps<'date'>) {
  return (
    <input
      className="trial-input"
      type="date"
      aria-label={name}
      min={config.minOn}
      max={config.maxOn}
      value={answer ?? ''}
      onChange={(event) => onAnswer(event.target.value || null)}
    />
  );
}

/** One input per kind: a new kind without one does not compile. */
const views: Views = {
  single: Single,
  multiple: Multiple,
  dropdown: Dropdown,
  text: Text,
  longText: LongText,
  number: NumberInput,
  scale: Points,
  nps: ({ config, ...rest }) => <Points config={{ ...config, min: 0, max: 10 }} {...rest} />,
  date: DateInput,
};

interface TrialInputProps {
  question: Question;
  answer: Answer | null | undefined;
  onAnswer: (answer: Answer | null) => void;
}

export function TrialInput({ question, answer, onAnswer }: TrialInputProps) {
  const { lang } = useLanguage();
  // NOTE: the view is looked up by the kind of the same question; an answer of another kind is kept from it by the caller.
  const View = views[question.kind] as unknown as ComponentType<{
    config: Question['config'];
    answer: Answer | null | undefined;
    onAnswer: (answer: Answer | null) => void;
    name: string;
  }>;
  return <View config={question.config} answer={answer} onAnswer={onAnswer} name={textIn(question.title, lang) || question.id} />;
}
