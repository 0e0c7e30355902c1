import type { Question, QuestionKind, QuestionOf } from '@suiban/shared/surveys';
import type { ComponentType } from 'react';
import { useLanguage, useWords } from '../../../i18n/language';
import { designerWords } from './designer.words';

type Views = { readonly [Kind in QuestionKind]: ComponentType<{ config: QuestionOf<Kind>['config']; isWhole: boolean }> };

/** Long lists are cut here; the settings hold all of them. */
const mostShown = 12;

interface ListedOption {
  readonly id: string;
  readonly label: { readonly zh: string; readonly en?: string };
  readonly withText?: boolean;
  readonly exclusive?: boolean;
}

function Options({ options, mark, isWhole }: { options: readonly ListedOption[]; mark: 'round' | 'square'; isWhole: boolean }) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const shown = isWhole ? options : options.slice(0, mostShown);
  return (
    <ul className={`sketch-options ${mark}`}>
      {shown.map((option) => (
        <li key={option.id}>
          {(lang === 'en' && option.label.en) || option.label.zh || <span className="hint">{w('emptyOption')}</span>}
          {option.withText ? <span className="sketch-line" /> : null}
          {option.exclusive ? <span className="hint"> {w('standsAlone')}</span> : null}
        </li>
      ))}
      {options.length > shown.length ? <li className="hint">{w('moreOptions', { count: options.length - shown.length })}</li> : null}
    </ul>
  );
}

function Points({ min, max, low, high }: { min: number; max: number; low: string; high: string }) {
  return (
    <div className="sketch-points">
      <span className="hint">{low}</span>
      {Array.from({ length: Math.max(0, max - min + 1) }, (_, at) => min + at).map((point) => (
        <i key={point}>{point}</i>
      ))}
      <span className="hint">{high}</span>
    </div>
  );
}

const Line = ({ text, isTall }: { text: string; isTall?: boolean }) => (
  <div className={isTall ? 'sketch-field tall' : 'sketch-field'}>{text}</div>
);

const views: Views = {
  single: ({ config, isWhole }) => <Options options={config.options} mark="round" isWhole={isWhole} />,
  multiple: ({ config, isWhole }) => <Options options={config.options} mark="square" isWhole={isWhole} />,
  dropdown: ({ config }) => <Line text={config.options.map((option) => option.label.zh).join(' / ')} />,
  text: ({ config }) => <Line text={config.placeholder?.zh ?? ''} />,
  longText: ({ config }) => <Line text={config.placeholder?.zh ?? ''} isTall />,
  number: ({ config }) => <Line text={config.unit?.zh ?? ''} />,
  scale: ({ config }) => <Points min={config.min} max={config.max} low={config.lowLabel?.zh ?? ''} high={config.highLabel?.zh ?? ''} />,
  nps: ({ config }) => <Points min={0} max={10} low={config.lowLabel?.zh ?? ''} high={config.highLabel?.zh ?? ''} />,
  date: ({ config }) => <Line text={[config.minOn, config.maxOn].filter(Boolean).join(' – ')} />,
};

/** The answer's shape on the canvas: not to be filled in, that is the phone's part. */
export function AnswerSketch({ question, isWhole = false }: { question: Question; isWhole?: boolean }) {
  // NOTE: the view is looked up by the kind of the same question, so its config is the view's.
  const View = views[question.kind] as ComponentType<{ config: Question['config']; isWhole: boolean }>;
  return <View config={question.config} isWhole={isWhole} />;
}
