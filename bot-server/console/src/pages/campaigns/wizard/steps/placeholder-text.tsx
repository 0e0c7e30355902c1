import { Button, Dropdown, type GetRef, Input } from 'antd';
import { useRef } from 'react';
import { useWords } from '../../../../i18n/language';
import { Field } from '../field';
import { planWords } from './plan.words';

interface PlaceholderTextProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  placeholders: readonly string[];
  maxLength: number;
  rows?: number;
  hint?: string;
  errors?: readonly string[];
}

/** A text in which 〔…〕 stands for what differs per campaign; they are put in at the cursor. */
export function PlaceholderText({ label, value, onChange, placeholders, maxLength, rows = 1, hint, errors }: PlaceholderTextProps) {
  const w = useWords(planWords);
  const input = useRef<GetRef<typeof Input.TextArea>>(null);
  const insert = (name: string) => {
    const area = input.current?.resizableTextArea?.textArea;
    const at = area?.selectionStart ?? value.length;
    const end = area?.selectionEnd ?? at;
    onChange(`${value.slice(0, at)}〔${name}〕${value.slice(end)}`);
    area?.focus();
  };
  return (
    <div className="placeholder-text">
      <Dropdown
        trigger={['click']}
        menu={{ items: placeholders.map((name) => ({ key: name, label: `〔${name}〕` })), onClick: ({ key }) => insert(key) }}
      >
        <Button type="link" size="small" className="placeholder-insert" aria-label={w('insertInto', { label })}>
          {w('insert')}
        </Button>
      </Dropdown>
      <Field label={label} hint={hint} errors={errors}>
        {(field) => (
          <Input.TextArea
            {...field}
            ref={input}
            autoSize={{ minRows: rows, maxRows: 8 }}
            maxLength={maxLength}
            value={value}
            onChange={(event) => onChange(rows === 1 ? event.target.value.replace(/\n/g, '') : event.target.value)}
          />
        )}
      </Field>
    </div>
  );
}
