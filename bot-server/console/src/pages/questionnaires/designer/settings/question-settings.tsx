import { answerRegistry, type Question, type QuestionKind, questionKinds } from '@suiban/shared/surveys';
import { Divider, Input, Select, Switch } from 'antd';
import { useId, useMemo } from 'react';
import { useLanguage, useWords } from '../../../../i18n/language';
import { kindText } from '../../kind-words';
import { useDesigner } from '../designer-context';
import { changeQuestion, numberOf, withKind } from '../document-edits';
import { Field, Toggle } from './field';
import { KindSettings } from './kind-settings';
import { LocalTextField } from './local-text-field';
import { ProblemSourceField } from './problem-source';
import { RuleField } from './rule-field';
import { settingsWords } from './settings.words';

/** Everything about one question but its title, which is written on the canvas. */
export function QuestionSettings({ question }: { question: Question }) {
  const w = useWords(settingsWords);
  const { lang } = useLanguage();
  const { editor } = useDesigner();
  const { document } = editor;
  const kindId = useId();
  const number = numberOf(document, question.id);
  const earlier = useMemo(() => answerRegistry(document, question.id), [document, question.id]);
  const change = (part: Partial<Question>, field: string) =>
    editor.edit((before) => changeQuestion(before, question.id, (each) => trimmed({ ...each, ...part } as Question)), {
      mark: `${question.id}/${field}`,
    });
  return (
    <>
      <Field label={w('kind')} htmlFor={kindId}>
        <Select<QuestionKind>
          id={kindId}
          value={question.kind}
          onChange={(kind) => editor.edit((before) => changeQuestion(before, question.id, (each) => withKind(before, each, kind)))}
          options={questionKinds.map((value) => ({ value, label: kindText(value, lang) }))}
        />
      </Field>
      <Toggle label={w('required')}>
        {(id) => <Switch id={id} checked={question.required} onChange={(required) => change({ required }, 'required')} />}
      </Toggle>
      {document.languages.includes('en') ? <EnglishTitle question={question} /> : null}
      <LocalTextField label={w('hint')} maxLength={500} value={question.hint} onChange={(hint) => change({ hint }, 'hint')} />
      <KindSettings question={question} onChange={(next) => change({ config: next.config } as Partial<Question>, 'config')} />
      <Divider />
      <Field label={w('showIf')} help={number === 1 ? w('firstAlwaysShown') : undefined}>
        <RuleField
          key={question.id}
          rule={question.showIf}
          onChange={(showIf) => change({ showIf }, 'showIf')}
          registry={earlier}
          label={w('showIf')}
          emptyText={w('alwaysShown')}
          addText={w('addShowIf')}
          sentencePrefix={w('shownWhen', { number })}
        />
      </Field>
      <Divider />
      <ProblemSourceField key={question.id} question={question} onChange={(problemSource) => change({ problemSource }, 'problemSource')} />
      <Toggle label={w('sensitive')} help={w('sensitiveHelp')}>
        {(id) => (
          <Switch
            id={id}
            checked={question.sensitive === true}
            onChange={(isOn) => change({ sensitive: isOn ? true : undefined }, 'sensitive')}
          />
        )}
      </Toggle>
    </>
  );
}

function EnglishTitle({ question }: { question: Question }) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const id = useId();
  return (
    <Field label={w('inEnglish', { label: w('questionTitle') })} htmlFor={id}>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={500}
        value={question.title.en ?? ''}
        onChange={({ target }) =>
          editor.edit(
            (before) =>
              changeQuestion(before, question.id, (each) => ({
                ...each,
                title: target.value ? { zh: each.title.zh, en: target.value } : { zh: each.title.zh },
              })),
            { mark: `${question.id}/title/en` },
          )
        }
      />
    </Field>
  );
}

/** What was taken back leaves no field behind. */
const trimmed = (question: Question): Question =>
  Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined)) as unknown as Question;
