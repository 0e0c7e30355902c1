import type { BodyDraft, CampaignCheck } from '@suiban/shared/api/campaigns';
import { cardOf } from '@suiban/shared/surveys';
import { characterCount, utf8ByteLength } from '@suiban/shared/text';
import { Input, Radio } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { linkPlaceholder, placeholders, usualButton } from '../default-draft';
import { Field } from '../field';
import type { Wizard } from '../use-wizard';
import { PlaceholderText } from './placeholder-text';
import { planWords } from './plan.words';
import { TemplateFields } from './template-fields';

interface BodyProps<B extends BodyDraft> {
  wizard: Wizard;
  index: number;
  body: B;
  onChange: (body: B) => void;
}
type CardBody = Extract<BodyDraft, { form: 'textcard' | 'card' }>;
type ContactBody = Extract<BodyDraft, { form: 'contact' }>;
type SmsBody = Extract<BodyDraft, { channel: 'sms' }>;
type MailBody = Extract<BodyDraft, { channel: 'email' }>;

const textPlaceholders = [...placeholders, linkPlaceholder];

/** What is said on one channel, with the check's word on each field as it is written. */
export function StepBody({ wizard, index, body }: { wizard: Wizard; index: number; body: BodyDraft }) {
  const onChange = (next: BodyDraft) =>
    wizard.change({ plan: wizard.draft.plan.map((step, at) => (at === index ? { ...step, body: next } : step)) });
  const props = { wizard, index, onChange };
  switch (body.channel) {
    case 'wechat-mini':
    case 'wechat-official':
    case 'alipay-mini':
      return <TemplateFields {...props} body={body} />;
    case 'wecom':
      return body.form === 'contact' ? <ContactFields {...props} body={body} /> : <WecomFields {...props} body={body} />;
    case 'sms':
      return <SmsFields {...props} body={body} />;
    case 'email':
      return <MailFields {...props} body={body} />;
  }
}

const previewOf = ({ check, campaign }: Wizard, index: number): CampaignCheck['previews'][number] | undefined =>
  campaign ? check.data?.previews.find((preview) => preview.step === index) : undefined;

/** A card is handed in, a text card leads on: the usual word on the button follows the form. */
function asForm(body: CardBody, form: CardBody['form']): Partial<CardBody> {
  const isUsual = body.buttonText === usualButton[body.form];
  return { form, ...(isUsual ? { buttonText: usualButton[form] } : {}) };
}

/** A link, or the questions themselves; the latter only where the platform's limits allow, else with the reason. */
function FormChoice({ wizard, index, body, onChange }: BodyProps<CardBody>) {
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

function WecomFields({ wizard, index, body, onChange }: BodyProps<CardBody>) {
  const w = useWords(planWords);
  const { draft, faultsAt } = wizard;
  const preview = previewOf(wizard, index);
  const at = `plan/${index}/body`;
  const bytes = (text: string | undefined) => (text === undefined ? undefined : w('bytes', { bytes: utf8ByteLength(text) }));
  const texts = { placeholders, onChange: (part: Partial<CardBody>) => onChange({ ...body, ...part }) };
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
      placeholders={textPlaceholders}
      value={body.text}
      onChange={(text) => onChange({ ...body, text })}
      hint={counted ? `${counted}。${w('smsHint')}` : w('smsHint')}
      errors={[...wizard.faultsAt(`plan/${index}/body/text`), ...wizard.faultsAt(`plan/${index}/body/signName`)]}
    />
  );
}

function ContactFields({ wizard, index, body, onChange }: BodyProps<ContactBody>) {
  const w = useWords(planWords);
  return (
    <PlaceholderText
      label={w('contactText')}
      maxLength={2000}
      rows={3}
      placeholders={textPlaceholders}
      value={body.text}
      onChange={(text) => onChange({ ...body, text })}
      hint={w('contactHint')}
      errors={wizard.faultsAt(`plan/${index}/body/text`)}
    />
  );
}

function MailFields({ wizard, index, body, onChange }: BodyProps<MailBody>) {
  const w = useWords(planWords);
  const at = `plan/${index}/body`;
  return (
    <>
      <PlaceholderText
        label={w('mailSubject')}
        maxLength={200}
        placeholders={placeholders}
        value={body.subject}
        onChange={(subject) => onChange({ ...body, subject })}
        errors={wizard.faultsAt(`${at}/subject`)}
      />
      <PlaceholderText
        label={w('mailText')}
        maxLength={4000}
        rows={5}
        placeholders={textPlaceholders}
        value={body.text}
        onChange={(text) => onChange({ ...body, text })}
        hint={w('mailHint')}
        errors={wizard.faultsAt(`${at}/text`)}
      />
    </>
  );
}
