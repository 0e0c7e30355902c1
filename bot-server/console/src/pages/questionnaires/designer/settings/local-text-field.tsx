import type { LocalText } from '@suiban/shared/words';
import { Input } from 'antd';
import { useId } from 'react';
import { useWords } from '../../../../i18n/language';
import { useDesigner } from '../designer-context';
import { Field } from './field';
import { settingsWords } from './settings.words';

interface LocalTextFieldProps {
  label: string;
  value: LocalText | undefined;
  /** An empty text comes back as undefined: a hint that says nothing is no hint. */
  onChange: (value: LocalText | undefined) => void;
  maxLength: number;
  rows?: number;
  help?: string;
}

/** A text in Chinese, and in English where the questionnaire has it. */
export function LocalTextField({ label, value, onChange, maxLength, rows = 1, help }: LocalTextFieldProps) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const id = useId();
  const hasEnglish = editor.document.languages.includes('en');
  const change = (part: Partial<LocalText>) => {
    const next = { zh: value?.zh ?? '', en: value?.en, ...part };
    onChange(next.zh === '' && !next.en ? undefined : next.en ? { zh: next.zh, en: next.en } : { zh: next.zh });
  };
  const shared = { maxLength, autoSize: { minRows: rows, maxRows: 8 } };
  return (
    <Field label={label} htmlFor={id} help={help}>
      <Input.TextArea id={id} {...shared} value={value?.zh ?? ''} onChange={(event) => change({ zh: event.target.value })} />
      {hasEnglish ? (
        <Input.TextArea
          {...shared}
          aria-label={w('inEnglish', { label })}
          placeholder={w('english')}
          value={value?.en ?? ''}
          onChange={(event) => change({ en: event.target.value })}
        />
      ) : null}
    </Field>
  );
}
