import {
  type NameVisibility,
  nameVisibilities,
  noticeText,
  questionsOf,
  type SurveyDocument,
  type SurveyHeading,
} from '@suiban/shared/surveys';
import type { LocalText } from '@suiban/shared/words';
import { Button, Divider, Input, Segmented, Select, Switch } from 'antd';
import { useId } from 'react';
import { useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { useDesigner } from '../designer-context';
import { insertQuestion, isNameQuestion, nameQuestion, wholeForm } from '../document-edits';
import { Field, Toggle } from './field';
import { NumberField } from './kind-settings';
import { LocalTextField } from './local-text-field';
import { settingsWords } from './settings.words';

type Change = (part: Partial<SurveyDocument>, field: string) => void;

const empty: LocalText = { zh: '' };

/** The questionnaire as a whole: what the title page says, the heading of an official survey, who sees the name. */
export function FormSettings() {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const { document } = editor;
  const change: Change = (part, field) => editor.edit((before) => ({ ...before, ...part }), { mark: `form/${field}` });
  return (
    <>
      <LocalTextField
        label={w('formTitle')}
        maxLength={500}
        value={document.title}
        onChange={(title) => change({ title: title ?? empty }, 'title')}
      />
      <LocalTextField
        label={w('intro')}
        help={w('introHelp')}
        rows={3}
        maxLength={2000}
        value={document.intro}
        onChange={(intro) => change({ intro: intro ?? empty }, 'intro')}
      />
      <NumberField
        label={w('minutes')}
        min={1}
        max={240}
        value={document.minutes}
        onChange={(minutes) => change({ minutes: minutes ?? 1 }, 'minutes')}
      />
      <Toggle label={w('hasEnglish')} help={w('hasEnglishHelp')}>
        {(id) => (
          <Switch
            id={id}
            checked={document.languages.includes('en')}
            onChange={(isOn) => change({ languages: isOn ? ['zh', 'en'] : ['zh'] }, 'languages')}
          />
        )}
      </Toggle>
      <Divider />
      <Heading heading={document.heading} onChange={(heading) => change({ heading }, 'heading')} />
      <Divider />
      <Notice document={document} onChange={change} />
      <Divider />
      <Visibility document={document} onChange={change} />
    </>
  );
}

function Heading({ heading, onChange }: { heading: SurveyHeading; onChange: (heading: SurveyHeading) => void }) {
  const w = useWords(settingsWords);
  const { me } = useSession();
  const issuer = { label: w('issuingBody'), value: heading.issuingBody };
  return (
    <>
      <Field label={w('heading')} help={w('headingHelp')}>
        <Segmented
          block
          aria-label={w('heading')}
          value={heading.exempt ? 'exempt' : 'filed'}
          options={[
            { value: 'filed', label: w('filed') },
            { value: 'exempt', label: w('exempt') },
          ]}
          onChange={(mode) =>
            onChange(
              mode === 'exempt'
                ? { exempt: true, reason: '', issuingBody: heading.issuingBody || me.bureauName }
                : { tableNumber: '', issuingBody: heading.issuingBody || me.bureauName, approvalNumber: '', validUntilOn: '' },
            )
          }
        />
      </Field>
      <Line {...issuer} onChange={(issuingBody) => onChange({ ...heading, issuingBody })} />
      {heading.exempt ? (
        <Line label={w('exemptReason')} rows={2} value={heading.reason} onChange={(reason) => onChange({ ...heading, reason })} />
      ) : (
        <>
          <Line label={w('tableNumber')} value={heading.tableNumber} onChange={(tableNumber) => onChange({ ...heading, tableNumber })} />
          <Line
            label={w('approvalNumber')}
            value={heading.approvalNumber}
            onChange={(approvalNumber) => onChange({ ...heading, approvalNumber })}
          />
          <Line
            label={w('validUntil')}
            type="date"
            value={heading.validUntilOn}
            onChange={(validUntilOn) => onChange({ ...heading, validUntilOn })}
          />
        </>
      )}
    </>
  );
}

interface LineProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'date';
  rows?: number;
}

function Line({ label, value, onChange, type = 'text', rows }: LineProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id}>
      {rows ? (
        <Input.TextArea id={id} rows={rows} maxLength={500} value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <Input id={id} type={type} maxLength={200} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

function Notice({ document, onChange }: { document: SurveyDocument; onChange: Change }) {
  const w = useWords(settingsWords);
  const { me } = useSession();
  const { heading } = document;
  const untilOn = (!heading.exempt && heading.validUntilOn) || w('keptUntil');
  const usual = noticeText({ issuingBody: heading.issuingBody || me.bureauName, keptUntilOn: untilOn });
  return (
    <>
      <LocalTextField
        label={w('notice')}
        help={w('noticeHelp')}
        rows={3}
        maxLength={1000}
        value={document.notice}
        onChange={(notice) => onChange({ notice: notice ?? empty }, 'notice')}
      />
      {document.notice.zh === '' ? (
        <Button size="small" style={{ alignSelf: 'flex-start' }} onClick={() => onChange({ notice: usual }, 'notice')}>
          {w('usualNotice')}
        </Button>
      ) : null}
    </>
  );
}

function Visibility({ document, onChange }: { document: SurveyDocument; onChange: Change }) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const defaultId = useId();
  const questionId = useId();
  const { nameVisibility } = document;
  const all = questionsOf(document);
  const fitting = all.filter((each) => isNameQuestion(each) || each.id === nameVisibility.questionId);
  const insert = () =>
    editor.edit((before) => {
      const made = nameQuestion(before);
      const grown = insertQuestion(before, wholeForm, made);
      return { ...grown, nameVisibility: { ...grown.nameVisibility, questionId: made.id } };
    });
  return (
    <>
      <Field label={w('visibilityQuestion')} htmlFor={questionId} help={w('visibilityHelp')}>
        <Select
          id={questionId}
          allowClear
          placeholder={w('noQuestion')}
          value={nameVisibility.questionId ?? null}
          onChange={(id: string | null | undefined) =>
            onChange({ nameVisibility: { default: nameVisibility.default, ...(id ? { questionId: id } : {}) } }, 'nameVisibility')
          }
          notFoundContent={w('noVisibilityQuestion')}
          options={fitting.map((each) => ({
            value: each.id,
            label: w('questionNamed', { number: all.indexOf(each) + 1, title: each.title.zh || w('untitled') }),
          }))}
        />
      </Field>
      {fitting.length === 0 ? (
        <Button size="small" style={{ alignSelf: 'flex-start' }} onClick={insert}>
          {w('addVisibilityQuestion')}
        </Button>
      ) : null}
      <Field label={w('visibilityDefault')} htmlFor={defaultId}>
        <Select<NameVisibility>
          id={defaultId}
          value={nameVisibility.default}
          onChange={(value) => onChange({ nameVisibility: { ...nameVisibility, default: value } }, 'nameVisibility')}
          options={nameVisibilities.map((value) => ({ value, label: w(`visibility-${value}`) }))}
        />
      </Field>
    </>
  );
}
