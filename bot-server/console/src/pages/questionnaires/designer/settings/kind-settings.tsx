import type { Question, QuestionConfig, QuestionKind } from '@suiban/shared/surveys';
import { Flex, Input, InputNumber, Segmented, Select } from 'antd';
import { type ComponentType, useId } from 'react';
import { useWords } from '../../../../i18n/language';
import { Field } from './field';
import { LocalTextField } from './local-text-field';
import { OptionsEditor } from './options-editor';
import { settingsWords } from './settings.words';

interface ViewProps<Kind extends QuestionKind> {
  config: QuestionConfig<Kind>;
  onChange: (config: QuestionConfig<Kind>) => void;
}

type Views = { readonly [Kind in QuestionKind]: ComponentType<ViewProps<Kind>> };

/** A setting that is taken back leaves no trace in the document. */
const without = <T extends object>(config: T): T =>
  Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined && value !== null)) as T;

interface NumberFieldProps {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  min?: number;
  max?: number;
  precision?: number;
  placeholder?: string;
}

export function NumberField({ label, value, onChange, ...limits }: NumberFieldProps) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} style={{ flex: 1 }}>
      <InputNumber<number>
        id={id}
        style={{ width: '100%' }}
        value={value ?? null}
        precision={0}
        {...limits}
        onChange={(next) => onChange(next ?? undefined)}
      />
    </Field>
  );
}

function DateField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const id = useId();
  return (
    <Field label={label} htmlFor={id} style={{ flex: 1 }}>
      <Input id={id} type="date" value={value ?? ''} onChange={(event) => onChange(event.target.value || undefined)} />
    </Field>
  );
}

function Single({ config, onChange }: ViewProps<'single'>) {
  return <OptionsEditor isMultiple={false} options={config.options} onChange={(options) => onChange({ ...config, options })} />;
}

function Multiple({ config, onChange }: ViewProps<'multiple'>) {
  const w = useWords(settingsWords);
  const limits = { min: 1, max: Math.max(1, config.options.length), placeholder: w('noLimit') };
  return (
    <>
      <OptionsEditor isMultiple options={config.options} onChange={(options) => onChange({ ...config, options })} />
      <Flex gap={12}>
        <NumberField label={w('atLeast')} value={config.min} onChange={(min) => onChange(without({ ...config, min }))} {...limits} />
        <NumberField label={w('atMost')} value={config.max} onChange={(max) => onChange(without({ ...config, max }))} {...limits} />
      </Flex>
    </>
  );
}

function Dropdown({ config, onChange }: ViewProps<'dropdown'>) {
  const w = useWords(settingsWords);
  return (
    <>
      <OptionsEditor isMultiple={false} options={config.options} onChange={(options) => onChange({ ...config, options })} />
      <LocalTextField
        label={w('placeholder')}
        maxLength={60}
        value={config.placeholder}
        onChange={(placeholder) => onChange(without({ ...config, placeholder }))}
      />
    </>
  );
}

interface WrittenProps<Config> {
  config: Config;
  onChange: (config: Config) => void;
  longest: number;
}

function Written<Config extends QuestionConfig<'longText'>>({ config, onChange, longest }: WrittenProps<Config>) {
  const w = useWords(settingsWords);
  const limits = { min: 1, max: longest };
  return (
    <>
      <Flex gap={12}>
        <NumberField
          label={w('minLength')}
          value={config.minLength}
          placeholder={w('noLimit')}
          onChange={(minLength) => onChange(without({ ...config, minLength }))}
          {...limits}
        />
        <NumberField
          label={w('maxLength')}
          value={config.maxLength}
          placeholder={String(longest)}
          onChange={(maxLength) => onChange(without({ ...config, maxLength }))}
          {...limits}
        />
      </Flex>
      <LocalTextField
        label={w('placeholder')}
        maxLength={200}
        value={config.placeholder}
        onChange={(placeholder) => onChange(without({ ...config, placeholder }))}
      />
    </>
  );
}

function Text({ config, onChange }: ViewProps<'text'>) {
  const w = useWords(settingsWords);
  const id = useId();
  return (
    <>
      <Field label={w('format')} htmlFor={id}>
        <Select<'any' | 'mobile' | 'email'>
          id={id}
          value={config.format ?? 'any'}
          onChange={(format) => onChange(without({ ...config, format: format === 'any' ? undefined : format }))}
          options={(['any', 'mobile', 'email'] as const).map((value) => ({ value, label: w(`format-${value}`) }))}
        />
      </Field>
      <Written config={config} onChange={onChange} longest={200} />
    </>
  );
}

function NumberSettings({ config, onChange }: ViewProps<'number'>) {
  const w = useWords(settingsWords);
  const precision = config.decimals ?? 0;
  return (
    <>
      <Flex gap={12}>
        <NumberField
          label={w('lowest')}
          value={config.min}
          precision={precision}
          placeholder={w('noLimit')}
          onChange={(min) => onChange(without({ ...config, min }))}
        />
        <NumberField
          label={w('highest')}
          value={config.max}
          precision={precision}
          placeholder={w('noLimit')}
          onChange={(max) => onChange(without({ ...config, max }))}
        />
      </Flex>
      <NumberField
        label={w('decimals')}
        value={config.decimals ?? 0}
        min={0}
        max={6}
        onChange={(decimals) => onChange(without({ ...config, decimals: decimals === 0 ? undefined : decimals }))}
      />
      <LocalTextField label={w('unit')} maxLength={20} value={config.unit} onChange={(unit) => onChange(without({ ...config, unit }))} />
    </>
  );
}

function EndLabels<Config extends QuestionConfig<'nps'>>({ config, onChange }: { config: Config; onChange: (config: Config) => void }) {
  const w = useWords(settingsWords);
  return (
    <>
      <LocalTextField
        label={w('lowLabel')}
        maxLength={20}
        value={config.lowLabel}
        onChange={(lowLabel) => onChange(without({ ...config, lowLabel }))}
      />
      <LocalTextField
        label={w('highLabel')}
        maxLength={20}
        value={config.highLabel}
        onChange={(highLabel) => onChange(without({ ...config, highLabel }))}
      />
    </>
  );
}

function Scale({ config, onChange }: ViewProps<'scale'>) {
  const w = useWords(settingsWords);
  return (
    <>
      <Flex gap={12}>
        <Field label={w('from')} style={{ flex: 1 }}>
          <Segmented
            block
            aria-label={w('from')}
            value={config.min}
            options={[0, 1]}
            onChange={(min) => onChange({ ...config, min: Number(min) })}
          />
        </Field>
        <NumberField
          label={w('upTo')}
          value={config.max}
          min={config.min + 1}
          max={10}
          onChange={(max) => onChange({ ...config, max: max ?? 5 })}
        />
      </Flex>
      <EndLabels config={config} onChange={onChange} />
    </>
  );
}

function DateSettings({ config, onChange }: ViewProps<'date'>) {
  const w = useWords(settingsWords);
  return (
    <Flex gap={12}>
      <DateField label={w('earliest')} value={config.minOn} onChange={(minOn) => onChange(without({ ...config, minOn }))} />
      <DateField label={w('latest')} value={config.maxOn} onChange={(maxOn) => onChange(without({ ...config, maxOn }))} />
    </Flex>
  );
}

/** One settings view per kind: a new kind without one does not compile. */
const views: Views = {
  single: Single,
  multiple: Multiple,
  dropdown: Dropdown,
  text: Text,
  longText: ({ config, onChange }) => <Written config={config} onChange={onChange} longest={2000} />,
  number: NumberSettings,
  scale: Scale,
  nps: EndLabels,
  date: DateSettings,
};

/** The settings of the question's own kind. */
export function KindSettings({ question, onChange }: { question: Question; onChange: (question: Question) => void }) {
  // NOTE: the view is looked up by the kind of the same question, so its config is the view's.
  const View = views[question.kind] as ComponentType<ViewProps<QuestionKind>>;
  return <View config={question.config} onChange={(config) => onChange({ ...question, config } as Question)} />;
}
