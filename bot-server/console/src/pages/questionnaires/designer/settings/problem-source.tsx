import { answerRegistry, type ProblemSource, type Question, questionsOf } from '@suiban/shared/surveys';
import { Alert, Button, Select, Switch } from 'antd';
import { useId, useMemo } from 'react';
import { useLanguage, useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { useDesigner } from '../designer-context';
import { insertQuestion, matterQuestion } from '../document-edits';
import { Field, Toggle } from './field';
import { RuleField } from './rule-field';
import { settingsWords } from './settings.words';

interface ProblemSourceFieldProps {
  question: Question;
  onChange: (source: ProblemSource | undefined) => void;
}

/** 诉求来源: which answers open a work order, and which bureau's matter they are. */
export function ProblemSourceField({ question, onChange }: ProblemSourceFieldProps) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const source = question.problemSource;
  const registry = useMemo(() => answerRegistry(editor.document), [editor.document]);
  return (
    <>
      <Toggle label={w('problemSource')} help={w('problemSourceHelp')}>
        {(id) => <Switch id={id} checked={source !== undefined} onChange={(isOn) => onChange(isOn ? {} : undefined)} />}
      </Toggle>
      {source ? (
        <div className="setting-group">
          <Field label={w('problemRule')}>
            <RuleField
              rule={source.rule}
              onChange={(rule) => onChange(rule ? { ...source, rule } : { ...(source.matter ? { matter: source.matter } : {}) })}
              registry={registry}
              label={w('problemRule')}
              emptyText={w('everyAnswer')}
              addText={w('addRule')}
              sentencePrefix={w('problemWhen')}
            />
          </Field>
          <MatterField question={question} source={source} onChange={onChange} />
        </div>
      ) : null}
    </>
  );
}

type Mode = 'none' | 'fixed' | 'question';

function MatterField({
  question,
  source,
  onChange,
}: {
  question: Question;
  source: ProblemSource;
  onChange: (source: ProblemSource) => void;
}) {
  const w = useWords(settingsWords);
  const { city } = useSession();
  const { editor } = useDesigner();
  const { matter } = source;
  const modeId = useId();
  const valueId = useId();
  const choices = questionsOf(editor.document).filter((each) => each.kind === 'single' || each.kind === 'dropdown');
  const mode: Mode = !matter ? 'none' : 'fixed' in matter ? 'fixed' : 'question';
  const [firstMatter] = city.matters;
  const set = (next: ProblemSource['matter']) =>
    onChange({ ...(source.rule ? { rule: source.rule } : {}), ...(next ? { matter: next } : {}) });
  const turn = (next: Mode) => {
    const [firstChoice] = choices;
    if (next === 'fixed' && firstMatter) set({ fixed: firstMatter.id });
    else if (next === 'question' && firstChoice) set({ fromQuestion: firstChoice.id });
    else if (next === 'none') set(undefined);
  };
  const addQuestion = () =>
    editor.edit((document) => {
      const made = matterQuestion(document, city.matters);
      const grown = insertQuestion(document, { of: 'question', questionId: question.id }, made);
      const pages = grown.pages.map((page) => ({
        ...page,
        questions: page.questions.map((each) =>
          each.id === question.id ? { ...each, problemSource: { ...source, matter: { fromQuestion: made.id } } } : each,
        ),
      }));
      return { ...grown, pages };
    });
  return (
    <>
      <Field label={w('matter')} htmlFor={modeId} help={w('matterHelp')}>
        <Select<Mode>
          id={modeId}
          value={mode}
          onChange={turn}
          options={[
            { value: 'none', label: w('matterNone') },
            { value: 'fixed', label: w('matterFixed'), disabled: !firstMatter },
            { value: 'question', label: w('matterQuestion'), disabled: choices.length === 0 },
          ]}
        />
      </Field>
      {matter && 'fixed' in matter ? (
        <Field label={w('matterFixed')} htmlFor={valueId}>
          <Select id={valueId} value={matter.fixed} onChange={(fixed) => set({ fixed })} options={matterOptions(city.matters)} />
        </Field>
      ) : null}
      {matter && 'fromQuestion' in matter ? <FromQuestion matter={matter} choices={choices} onChange={set} /> : null}
      {mode !== 'fixed' && city.matters.length > 0 ? (
        <Button size="small" onClick={addQuestion} style={{ alignSelf: 'flex-start' }}>
          {w('addMatterQuestion')}
        </Button>
      ) : null}
    </>
  );
}

const matterOptions = (matters: readonly { readonly id: string; readonly name: string }[]) =>
  matters.map((each) => ({ value: each.id, label: each.name }));

type QuestionMatter = Extract<NonNullable<ProblemSource['matter']>, { readonly fromQuestion: string }>;

interface FromQuestionProps {
  matter: QuestionMatter;
  choices: readonly Question[];
  onChange: (matter: QuestionMatter) => void;
}

/** Options that are matters need nothing more; of others it is said which matter each one is. */
function FromQuestion({ matter, choices, onChange }: FromQuestionProps) {
  const w = useWords(settingsWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const { editor } = useDesigner();
  const id = useId();
  const chosen = choices.find((each) => each.id === matter.fromQuestion);
  const options = chosen && 'options' in chosen.config ? chosen.config.options : [];
  const isMatters = options.length > 0 && options.every((option) => city.matters.some((each) => each.id === option.id));
  const all = questionsOf(editor.document);
  const map = (optionId: string, matterId: string | undefined) => {
    const { [optionId]: _, ...rest } = matter.map ?? {};
    const next = matterId ? { ...rest, [optionId]: matterId } : rest;
    onChange(Object.keys(next).length > 0 ? { ...matter, map: next } : { fromQuestion: matter.fromQuestion });
  };
  return (
    <>
      <Field label={w('matterFrom')} htmlFor={id}>
        <Select
          id={id}
          value={matter.fromQuestion}
          onChange={(fromQuestion) => onChange({ fromQuestion })}
          options={choices.map((each) => ({
            value: each.id,
            label: w('questionNamed', { number: all.indexOf(each) + 1, title: each.title.zh || w('untitled') }),
          }))}
        />
      </Field>
      {isMatters ? (
        <Alert type="success" showIcon title={w('optionsAreMatters')} />
      ) : (
        options.map((option) => (
          <div key={option.id} className="setting-row">
            <span>{(lang === 'en' && option.label.en) || option.label.zh}</span>
            <Select
              allowClear
              placeholder={w('matterNone')}
              aria-label={w('matterOf', { option: option.label.zh })}
              value={matter.map?.[option.id] ?? null}
              onChange={(matterId: string | null | undefined) => map(option.id, matterId ?? undefined)}
              options={matterOptions(city.matters)}
            />
          </div>
        ))
      )}
    </>
  );
}
