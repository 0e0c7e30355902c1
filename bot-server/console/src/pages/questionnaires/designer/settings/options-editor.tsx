import { CheckOutlined, DeleteOutlined, MoreOutlined, PlusOutlined } from '@ant-design/icons';
import type { MultipleOption } from '@suiban/shared/surveys';
import { Button, Dropdown, Flex, Input, Tag } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useWords } from '../../../../i18n/language';
import { useDesigner } from '../designer-context';
import { IconButton } from '../icon-button';
import { Field } from './field';
import { addOther, insertOption, moveOption, type OptionEdit, pasteOptions, removeOption, withFlag } from './option-edits';
import { settingsWords } from './settings.words';

interface OptionsEditorProps {
  options: readonly MultipleOption[];
  onChange: (options: readonly MultipleOption[]) => void;
  /** Several may be chosen: an option can exclude the others. */
  isMultiple: boolean;
}

/** Options by keyboard: Enter adds one below, Backspace in an empty one removes it, Alt+↑↓ moves, lines that are pasted become options. */
export function OptionsEditor({ options, onChange, isMultiple }: OptionsEditorProps) {
  const w = useWords(settingsWords);
  const { editor } = useDesigner();
  const hasEnglish = editor.document.languages.includes('en');
  const root = useRef<HTMLOListElement>(null);
  const focusNext = useRef<number | null>(null);
  useEffect(() => {
    if (focusNext.current === null) return;
    root.current?.querySelectorAll<HTMLInputElement>('input[data-option]')[focusNext.current]?.focus();
    focusNext.current = null;
  });
  const apply = ({ options: next, focusAt }: OptionEdit) => {
    focusNext.current = focusAt;
    onChange(next);
  };
  const paste = (at: number, text: string): boolean => {
    const edit = pasteOptions(options, at, text);
    if (edit) apply(edit);
    return edit !== undefined;
  };
  return (
    <Field label={w('options')} help={w('optionKeys')}>
      <ol className="option-list" ref={root}>
        {options.map((option, at) => (
          <OptionRow
            key={option.id}
            option={option}
            at={at}
            count={options.length}
            isMultiple={isMultiple}
            onChange={(next) => onChange(options.map((each, index) => (index === at ? next : each)))}
            onInsert={() => apply(insertOption(options, at + 1))}
            onRemove={() => apply(removeOption(options, at))}
            onMove={(by) => apply(moveOption(options, at, by))}
            onPaste={(text) => paste(at, text)}
          />
        ))}
      </ol>
      <Flex gap={8} wrap>
        <Button size="small" icon={<PlusOutlined />} onClick={() => apply(insertOption(options, options.length))}>
          {w('addOption')}
        </Button>
        {options.some((option) => option.withText) ? null : (
          <Button size="small" onClick={() => onChange(addOther(options, hasEnglish))}>
            {w('addOther')}
          </Button>
        )}
      </Flex>
    </Field>
  );
}

interface OptionRowProps {
  option: MultipleOption;
  at: number;
  count: number;
  isMultiple: boolean;
  onChange: (option: MultipleOption) => void;
  onInsert: () => void;
  onRemove: () => void;
  onMove: (by: -1 | 1) => void;
  onPaste: (text: string) => boolean;
}

function OptionRow(props: OptionRowProps) {
  const { option, at, count, onChange, onInsert, onRemove, onMove, onPaste } = props;
  const w = useWords(settingsWords);
  const { editor, isReadOnly } = useDesigner();
  const name = w('optionNumber', { number: at + 1 });
  const hasEnglish = editor.document.languages.includes('en');
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    const isMove = event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown');
    const isEmptied = event.key === 'Backspace' && option.label.zh === '' && count > 1;
    if (event.key === 'Enter' && !event.altKey) onInsert();
    else if (isMove) onMove(event.key === 'ArrowUp' ? -1 : 1);
    else if (isEmptied) onRemove();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <li className="option-row">
      <Flex gap={4} align="center">
        <Input
          data-option
          aria-label={name}
          maxLength={200}
          value={option.label.zh}
          onChange={(event) => onChange({ ...option, label: { ...option.label, zh: event.target.value } })}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            if (onPaste(event.clipboardData.getData('text/plain'))) event.preventDefault();
          }}
        />
        {isReadOnly ? null : (
          <>
            <OptionMenu {...props} name={name} />
            <IconButton icon={<DeleteOutlined />} label={`${w('remove')} ${name}`} onClick={onRemove} />
          </>
        )}
      </Flex>
      {hasEnglish ? (
        <Input
          lang="en"
          size="small"
          maxLength={200}
          aria-label={w('inEnglish', { label: name })}
          placeholder={w('english')}
          value={option.label.en ?? ''}
          onChange={(event) =>
            onChange({ ...option, label: { zh: option.label.zh, ...(event.target.value ? { en: event.target.value } : {}) } })
          }
        />
      ) : null}
      {option.withText || option.exclusive ? (
        <Flex gap={4}>
          {option.withText ? <Tag>{w('withText')}</Tag> : null}
          {option.exclusive ? <Tag>{w('exclusive')}</Tag> : null}
        </Flex>
      ) : null}
    </li>
  );
}

function OptionMenu({ option, at, count, isMultiple, name, onChange, onMove }: OptionRowProps & { name: string }) {
  const w = useWords(settingsWords);
  const flag = (key: 'withText' | 'exclusive') => ({
    key,
    label: w(key),
    icon: <CheckOutlined style={{ visibility: option[key] ? 'visible' : 'hidden' }} />,
    onClick: () => onChange(withFlag(option, key, !option[key])),
  });
  const menu = [
    flag('withText'),
    ...(isMultiple ? [flag('exclusive')] : []),
    { type: 'divider' as const },
    { key: 'up', label: w('moveUp'), disabled: at === 0, onClick: () => onMove(-1) },
    { key: 'down', label: w('moveDown'), disabled: at === count - 1, onClick: () => onMove(1) },
  ];
  return (
    <Dropdown trigger={['click']} menu={{ items: menu }}>
      <Button type="text" size="small" icon={<MoreOutlined />} aria-label={`${w('more')} ${name}`} title={w('more')} />
    </Dropdown>
  );
}
