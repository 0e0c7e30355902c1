import type { BodyDraft, CampaignCheck } from '@suiban/shared/api/campaigns';
import { cardOf } from '@suiban/shared/surveys';
import { characterCount, utf8ByteLength } from '@suiban/shared/text';
import { Alert, Button, Input, Radio, Select, Skeleton, Tag } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { linkPlaceholder, type MessageTemplate, placeholders, usualButton, usualData } from '../default-draft';
import { Field } from '../field';
import type { Wizard } from '../use-wizard';
import { PlaceholderText } from './placeholder-text';
import { planWords } from './plan.words';

interface BodyProps<B extends BodyDraft> {
  wizard: Wizard;
  index: number;
  body: B;
  onChange: (body: B) => void;
}
type MiniBody = Extract<BodyDraft, { channel: 'wechat-mini' }>;
type WecomBody = Extract<BodyDraft, { channel: 'wecom' }>;
type SmsBody = Extract<BodyDraft, { channel: 'sms' }>;

/** What is said on one channel, with the check's word on each field as it is written. */
export function StepBody({ wizard, index, body }: { wizard: Wizard; index: number; body: BodyDraft }) {
  const onChange = (next: BodyDraft) =>
    wizard.change({ plan: wizard.draft.plan.map((step, at) => (at === index ? { ...step, body: next } : step)) });
  switch (body.channel) {
    case 'wechat-mini':
      return <MiniFields wizard={wizard} index={index} body={body} onChange={onChange} />;
    case 'wecom':
      return <WecomFields wizard={wizard} index={index} body={body} onChange={onChange} />;
    case 'sms':
      return <SmsFields wizard={wizard} index={index} body={body} onChange={onChange} />;
  }
}

const previewOf = ({ check, campaign }: Wizard, index: number): CampaignCheck['previews'][number] | undefined =>
  campaign ? check.data?.previews.find((preview) => preview.step === index) : undefined;

function MiniFields({ wizard, index, body, onChange }: BodyProps<MiniBody>) {
  const w = useWords(planWords);
  const { templates, subject, faultsAt } = wizard;
  if (templates.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  const items = templates.data?.items ?? [];
  const chosen = items.find((each) => each.templateId === body.templateId);
  const pick = (templateId: string) => {
    const template = items.find((each) => each.templateId === templateId);
    if (template) onChange({ ...body, templateId, data: usualData(template, subject) });
  };
  return (
    <>
      {templates.error ? <TemplatesFailed onRetry={() => void templates.refetch()} /> : null}
      <Field
        label={w('template')}
        hint={items.length === 0 && !templates.error ? w('noTemplates') : chosen?.isLongTerm ? undefined : w('templateHint')}
        errors={faultsAt(`plan/${index}/body/templateId`)}
      >
        {(field) => (
          <Select<string>
            {...field}
            style={{ width: '100%' }}
            placeholder={w('pickTemplate')}
            value={body.templateId || undefined}
            onChange={pick}
            options={[
              ...items.map((each) => ({ value: each.templateId, label: <TemplateName template={each} /> })),
              ...(chosen || !body.templateId ? [] : [{ value: body.templateId, label: w('gone', { id: body.templateId }) }]),
            ]}
          />
        )}
      </Field>
      <div className="field-grid">
        {chosen?.fields.map((field) => (
          <PlaceholderText
            key={field.key}
            label={field.name}
            hint={field.rule}
            maxLength={300}
            placeholders={placeholders}
            value={body.data[field.key] ?? ''}
            onChange={(value) => onChange({ ...body, data: { ...body.data, [field.key]: value } })}
            errors={faultsAt(`plan/${index}/body/data/${field.key}`)}
          />
        ))}
      </div>
    </>
  );
}

function TemplatesFailed({ onRetry }: { onRetry: () => void }) {
  const w = useWords(planWords);
  const retry = (
    <Button size="small" onClick={onRetry}>
      {w('retry')}
    </Button>
  );
  return <Alert type="warning" showIcon style={{ marginBottom: 12 }} title={w('templatesFailed')} action={retry} />;
}

function TemplateName({ template }: { template: MessageTemplate }) {
  const w = useWords(planWords);
  return (
    <>
      {template.title} <Tag>{w(template.isLongTerm ? 'longTerm' : 'oneTime')}</Tag>
    </>
  );
}

/** A card is handed in, a text card leads on: the usual word on the button follows the form. */
function asForm(body: WecomBody, form: WecomBody['form']): Partial<WecomBody> {
  const isUsual = body.buttonText === usualButton[body.form];
  return { form, ...(isUsual ? { buttonText: usualButton[form] } : {}) };
}

/** A link, or the questions themselves; the latter only where the platform's limits allow, else with the reason. */
function FormChoice({ wizard, index, body, onChange }: BodyProps<WecomBody>) {
  const w = useWords(planWords);
  const { lang } = useLanguage();
  const { document, faultsAt } = wizard;
  const fit = document ? cardOf(document) : null;
  const at = `plan/${index}/body`;
  return (
    <Field
      label={w('form')}
      hint={fit ? (fit.ok ? w('cardYes') : w('cardNo', { reason: fit.reason[lang] })) : undefined}
      errors={[...faultsAt(`${at}/form`), ...faultsAt(`${at}/card`, true)]}
    >
      {({ id }) => (
        <Radio.Group
          id={id}
          value={body.form}
          onChange={(event) => onChange({ ...body, ...asForm(body, event.target.value) })}
          options={[
            { value: 'textcard', label: w('textcard') },
            { value: 'card', label: w('card'), disabled: !fit?.ok && body.form !== 'card' },
          ]}
        />
      )}
    </Field>
  );
}

function WecomFields({ wizard, index, body, onChange }: BodyProps<WecomBody>) {
  const w = useWords(planWords);
  const { draft, faultsAt } = wizard;
  const preview = previewOf(wizard, index);
  const at = `plan/${index}/body`;
  const bytes = (text: string | undefined) => (text === undefined ? undefined : w('bytes', { bytes: utf8ByteLength(text) }));
  const texts = { placeholders, onChange: (part: Partial<WecomBody>) => onChange({ ...body, ...part }) };
  return (
    <>
      {draft.kind === 'cloud_visit' ? <FormChoice wizard={wizard} index={index} body={body} onChange={onChange} /> : null}
      <PlaceholderText
        label={w('title')}
        maxLength={300}
        placeholders={placeholders}
        value={body.title}
        onChange={(title) => texts.onChange({ title })}
        hint={bytes(preview?.title)}
        errors={faultsAt(`${at}/title`)}
      />
      <PlaceholderText
        label={w('description')}
        maxLength={1000}
        rows={2}
        placeholders={placeholders}
        value={body.description}
        onChange={(description) => texts.onChange({ description })}
        hint={bytes(preview?.text)}
        errors={faultsAt(`${at}/description`)}
      />
      <Field label={w('button')} errors={faultsAt(`${at}/buttonText`)}>
        {(field) => (
          <Input
            {...field}
            style={{ width: 160 }}
            maxLength={20}
            value={body.buttonText}
            onChange={(event) => texts.onChange({ buttonText: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}

function SmsFields({ wizard, index, body, onChange }: BodyProps<SmsBody>) {
  const w = useWords(planWords);
  const preview = previewOf(wizard, index);
  const counted = preview ? w('segments', { characters: characterCount(preview.text), segments: preview.segments }) : null;
  return (
    <PlaceholderText
      label={w('text')}
      maxLength={1000}
      rows={3}
      placeholders={[...placeholders, linkPlaceholder]}
      value={body.text}
      onChange={(text) => onChange({ ...body, text })}
      hint={counted ? `${counted}。${w('smsHint')}` : w('smsHint')}
      errors={[...wizard.faultsAt(`plan/${index}/body/text`), ...wizard.faultsAt(`plan/${index}/body/signName`)]}
    />
  );
}
