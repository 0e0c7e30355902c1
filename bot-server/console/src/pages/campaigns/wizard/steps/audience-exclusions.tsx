import { campaignsApi, type Exclusions } from '@suiban/shared/api/campaigns';
import { checkCreditCode } from '@suiban/shared/identity';
import { Checkbox, Flex, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import { useRead } from '../../../../api/hooks';
import { useWords } from '../../../../i18n/language';
import { Field } from '../field';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

const usualQuietDays = 30;
const mostListed = 200;
const mostNamed = 5000;

export const countExclusions = ({ onePerPerson, askedWithinDays, campaignIds, creditCodes }: Exclusions): number =>
  Number(onePerPerson) + Number(askedWithinDays !== null) + Number(campaignIds.length > 0) + Number(creditCodes.length > 0);

/** Who is left out although the rule matches: each with its own count in the result below. */
export function AudienceExclusions({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { exclusions } = wizard.draft;
  const set = (part: Partial<Exclusions>) => wizard.change({ exclusions: { ...exclusions, ...part } });
  const faults = wizard.faultsAt('exclusions/onePerPerson');
  return (
    <>
      <div className="wizard-check">
        <Checkbox checked={exclusions.onePerPerson} onChange={(event) => set({ onePerPerson: event.target.checked })}>
          {w('onePerPerson')}
        </Checkbox>
        <div className="hint">{w('onePerPersonHint')}</div>
        {faults.map((fault) => (
          <div key={fault} className="field-error">
            {fault}
          </div>
        ))}
      </div>
      <Flex gap={8} align="center" className="wizard-check">
        <Checkbox
          checked={exclusions.askedWithinDays !== null}
          onChange={(event) => set({ askedWithinDays: event.target.checked ? usualQuietDays : null })}
        >
          {w('asked')}
        </Checkbox>
        {exclusions.askedWithinDays === null ? null : (
          <>
            <InputNumber
              aria-label={w('askedDays')}
              min={1}
              max={365}
              precision={0}
              value={exclusions.askedWithinDays}
              onChange={(days) => set({ askedWithinDays: days ?? 1 })}
              style={{ width: 80 }}
            />
            <span>{w('askedDays')}</span>
          </>
        )}
      </Flex>
      <OtherCampaigns wizard={wizard} onChange={(campaignIds) => set({ campaignIds })} />
      <NamedFirms codes={exclusions.creditCodes} onChange={(creditCodes) => set({ creditCodes })} />
    </>
  );
}

function OtherCampaigns({ wizard, onChange }: { wizard: Wizard; onChange: (ids: string[]) => void }) {
  const w = useWords(stepWords);
  const campaigns = useRead(campaignsApi.listCampaigns, { query: { limit: mostListed } });
  const options = (campaigns.data?.items ?? [])
    .filter((each) => each.launchedAt !== null && each.id !== wizard.campaign?.id)
    .map((each) => ({ value: each.id, label: each.title }));
  return (
    <Field label={w('otherCampaigns')}>
      {(field) => (
        <Select<string[]>
          {...field}
          mode="multiple"
          maxCount={50}
          style={{ width: '100%' }}
          placeholder={w('pickCampaigns')}
          showSearch={{ optionFilterProp: 'label' }}
          loading={campaigns.isPending}
          value={wizard.draft.exclusions.campaignIds}
          onChange={onChange}
          options={options}
        />
      )}
    </Field>
  );
}

function NamedFirms({ codes, onChange }: { codes: readonly string[]; onChange: (codes: string[]) => void }) {
  const w = useWords(stepWords);
  const [text, setText] = useState(() => codes.join('\n'));
  const [bad, setBad] = useState<string[]>([]);
  const read = (next: string) => {
    setText(next);
    const checked = next
      .split(/[\s,，、;；]+/)
      .filter(Boolean)
      .map((written) => ({ written, answer: checkCreditCode(written) }));
    setBad(checked.flatMap(({ written, answer }) => (answer.ok ? [] : [written])));
    onChange([...new Set(checked.flatMap(({ answer }) => (answer.ok ? [answer.value] : [])))].slice(0, mostNamed));
  };
  return (
    <Field
      label={w('byName')}
      hint={codes.length > 0 ? `${w('byNameHint')} · ${w('codeCount', { count: codes.length })}` : w('byNameHint')}
      errors={bad.length > 0 ? [w('badCodes', { codes: bad.slice(0, 5).join('、') })] : []}
    >
      {(field) => (
        <Input.TextArea {...field} autoSize={{ minRows: 2, maxRows: 8 }} value={text} onChange={(event) => read(event.target.value)} />
      )}
    </Field>
  );
}
