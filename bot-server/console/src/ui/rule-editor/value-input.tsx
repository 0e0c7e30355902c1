import { type Attribute, type Condition, operandShapeOf, type RuleValue, type Scalar } from '@suiban/shared/rules';
import { Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useLanguage, useWords } from '../../i18n/language';
import { ruleWords } from './rule-editor.words';

interface ValueInputProps {
  attribute: Attribute;
  condition: Condition;
  onChange: (value: RuleValue | undefined) => void;
  isInvalid: boolean;
}

const fenPerWan = 1_000_000;
const numberTypes: readonly Attribute['type'][] = ['number', 'integer', 'money'];

/** The input that fits the attribute's type and the number of values the operator takes. */
export function ValueInput(props: ValueInputProps) {
  const { attribute, condition } = props;
  const shape = operandShapeOf[condition.operator];
  if (shape === 'none') return null;
  if (attribute.type === 'boolean') return <YesNo {...props} />;
  if (numberTypes.includes(attribute.type) || attribute.type === 'date') {
    if (shape === 'pair') return <PairInput {...props} />;
    if (shape === 'list') return <TagsInput {...props} />;
    return <ScalarInput {...props} />;
  }
  if (attribute.options || shape === 'list' || attribute.type === 'set') return <TagsInput {...props} />;
  return <TextInput {...props} />;
}

function YesNo({ condition, onChange, isInvalid }: ValueInputProps) {
  const w = useWords(ruleWords);
  return (
    <Select<'true' | 'false'>
      aria-label={w('value')}
      className="rule-value"
      placeholder={w('pickValue')}
      status={isInvalid ? 'error' : ''}
      value={typeof condition.value === 'boolean' ? (condition.value ? 'true' : 'false') : undefined}
      onChange={(answer) => onChange(answer === 'true')}
      options={[
        { value: 'true', label: w('yes') },
        { value: 'false', label: w('no') },
      ]}
    />
  );
}

function TextInput({ condition, onChange, isInvalid }: ValueInputProps) {
  const w = useWords(ruleWords);
  return (
    <Input
      aria-label={w('value')}
      className="rule-value"
      maxLength={200}
      status={isInvalid ? 'error' : ''}
      value={typeof condition.value === 'string' ? condition.value : ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    />
  );
}

const itemsOf = (value: RuleValue | undefined): readonly Scalar[] =>
  value === undefined ? [] : typeof value === 'object' ? value : [value];

function ScalarInput({ attribute, condition, onChange, isInvalid }: ValueInputProps) {
  const w = useWords(ruleWords);
  return (
    <OneInput attribute={attribute} label={w('value')} value={itemsOf(condition.value)[0]} onChange={onChange} isInvalid={isInvalid} />
  );
}

/** The first bound typed stands for both until the other is typed: the document has no pair with a hole. */
function PairInput({ attribute, condition, onChange, isInvalid }: ValueInputProps) {
  const w = useWords(ruleWords);
  const [low, high] = itemsOf(condition.value);
  const change = (nextLow: Scalar | undefined, nextHigh: Scalar | undefined) => {
    const first = nextLow ?? nextHigh;
    const second = nextHigh ?? nextLow;
    onChange(first === undefined || second === undefined ? undefined : [first, second]);
  };
  return (
    <span className="rule-pair">
      <OneInput attribute={attribute} label={w('low')} value={low} onChange={(next) => change(next, high)} isInvalid={isInvalid} />
      <span className="hint">{w('to')}</span>
      <OneInput attribute={attribute} label={w('high')} value={high} onChange={(next) => change(low, next)} isInvalid={isInvalid} />
    </span>
  );
}

interface OneInputProps {
  attribute: Attribute;
  label: string;
  value: Scalar | undefined;
  onChange: (value: Scalar | undefined) => void;
  isInvalid: boolean;
}

function OneInput({ attribute, label, value, onChange, isInvalid }: OneInputProps) {
  const w = useWords(ruleWords);
  const { lang } = useLanguage();
  const status = isInvalid ? 'error' : '';
  if (attribute.type === 'date') {
    return (
      <Input
        type="date"
        aria-label={label}
        className="rule-number"
        status={status}
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    );
  }
  const isMoney = attribute.type === 'money';
  const unit = isMoney ? w('wan') : attribute.unit?.[lang];
  return (
    <InputNumber<number>
      aria-label={unit ? `${label} (${unit})` : label}
      className="rule-number"
      status={status}
      controls={false}
      value={typeof value === 'number' ? (isMoney ? value / fenPerWan : value) : null}
      precision={attribute.type === 'integer' ? 0 : undefined}
      suffix={unit}
      onChange={(next) => onChange(next === null ? undefined : isMoney ? Math.round(next * fenPerWan) : next)}
    />
  );
}

/** Several values, or one out of a list: options by name, and where the list is open whatever is typed. */
function TagsInput({ attribute, condition, onChange, isInvalid }: ValueInputProps) {
  const w = useWords(ruleWords);
  const { lang } = useLanguage();
  const isOne = operandShapeOf[condition.operator] === 'one';
  const isNumber = numberTypes.includes(attribute.type);
  const isMoney = attribute.type === 'money';
  const options = (attribute.options ?? []).map((option) => ({ value: option.value, label: option.label[lang] }));
  const scaled = itemsOf(condition.value).map((item) => (isMoney && typeof item === 'number' ? item / fenPerWan : item));
  const read = (typed: string): Scalar[] => {
    if (!isNumber) return typed.trim() ? [typed.trim()] : [];
    const number = Number(typed);
    if (typed.trim() === '' || !Number.isFinite(number)) return [];
    return [isMoney ? Math.round(number * fenPerWan) : number];
  };
  const shared = {
    'aria-label': isMoney ? `${w('value')} (${w('wan')})` : w('value'),
    className: 'rule-value',
    status: isInvalid ? ('error' as const) : ('' as const),
    options,
    showSearch: { optionFilterProp: 'label' },
    placeholder: w(options.length === 0 ? 'typeValues' : isOne ? 'pickValue' : 'pickValues'),
  };
  if (isOne && attribute.options) {
    const [value] = scaled;
    return (
      <OneOption
        {...shared}
        isOpen={attribute.type === 'text'}
        value={value === undefined ? undefined : String(value)}
        onChange={onChange}
      />
    );
  }
  return (
    <Select<string[]>
      {...shared}
      mode={attribute.options && attribute.type !== 'text' ? 'multiple' : 'tags'}
      {...(isOne ? { maxCount: 1 } : {})}
      tokenSeparators={[',', '，', '、', ';', '；']}
      value={scaled.map(String)}
      onChange={(next) => {
        const values = next.flatMap(read);
        onChange(isOne ? values[0] : values);
      }}
    />
  );
}

interface OneOptionProps {
  value: string | undefined;
  options: { value: string; label: string }[];
  /** A code that the list does not name may be typed too. */
  isOpen: boolean;
  onChange: (value: string) => void;
}

function OneOption({ isOpen, options, value, ...rest }: OneOptionProps) {
  const [typed, setTyped] = useState('');
  const own = [typed.trim(), value ?? ''].filter((code) => isOpen && code !== '' && !options.some((option) => option.value === code));
  const all = [...[...new Set(own)].map((code) => ({ value: code, label: code })), ...options];
  return <Select<string> {...rest} options={all} value={value} showSearch={{ optionFilterProp: 'label', onSearch: setTyped }} />;
}
