import type { BodyDraft } from '@suiban/shared/api/campaigns';
import { Alert, Button, Radio, Select, Skeleton, Tag } from 'antd';
import { useWords } from '../../../../i18n/language';
import { type MessageTemplate, placeholders, usualData } from '../default-draft';
import { Field } from '../field';
import type { Wizard } from '../use-wizard';
import { CreditFigures } from './credit-figures';
import { PlaceholderText } from './placeholder-text';
import { planWords } from './plan.words';

type TemplateBody = Extract<BodyDraft, { templateId: string }>;

interface TemplateFieldsProps {
  wizard: Wizard;
  index: number;
  body: TemplateBody;
  onChange: (body: TemplateBody) => void;
}

/** A template of the account and its fields, each with the rule of its kind. */
export function TemplateFields({ wizard, index, body, onChange }: TemplateFieldsProps) {
  const w = useWords(planWords);
  const { templates, subject, faultsAt } = wizard;
  if (templates.isPending) return <Skeleton active paragraph={{ rows: 2 }} />;
  const items = (templates.data?.items ?? []).filter((each) => each.channel === body.channel);
  const chosen = items.find((each) => each.templateId === body.templateId);
  const isCounted = body.channel !== 'wechat-official';
  const pick = (templateId: string) => {
    const template = items.find((each) => each.templateId === templateId);
    if (template) onChange({ ...body, templateId, data: usualData(template, subject) });
  };
  const oneTimeHint = chosen?.isLongTerm || !isCounted ? undefined : w('templateHint');
  return (
    <>
      {templates.error ? <TemplatesFailed onRetry={() => void templates.refetch()} /> : null}
      <Field
        label={w('template')}
        hint={items.length === 0 && !templates.error ? w('noTemplates') : oneTimeHint}
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
              ...items.map((each) => ({ value: each.templateId, label: <TemplateName template={each} isCounted={isCounted} /> })),
              ...(chosen || !body.templateId ? [] : [{ value: body.templateId, label: w('gone', { id: body.templateId }) }]),
            ]}
          />
        )}
      </Field>
      {isCounted && chosen ? <CreditFigures channel={body.channel} templateId={chosen.templateId} /> : null}
      {body.channel === 'wechat-official' ? (
        <Field label={w('opens')}>
          {({ id }) => (
            <Radio.Group
              id={id}
              value={body.opens}
              onChange={(event) => onChange({ ...body, opens: event.target.value === 'link' ? 'link' : 'mini-program' })}
              options={[
                { value: 'mini-program', label: w('opensMini') },
                { value: 'link', label: w('opensLink') },
              ]}
            />
          )}
        </Field>
      ) : null}
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

function TemplateName({ template, isCounted }: { template: MessageTemplate; isCounted: boolean }) {
  const w = useWords(planWords);
  return (
    <>
      {template.title} {isCounted ? <Tag>{w(template.isLongTerm ? 'longTerm' : 'oneTime')}</Tag> : null}
    </>
  );
}
