import type { CampaignCheck, CampaignDetail } from '@suiban/shared/api/campaigns';
import { dictionary } from '@suiban/shared/text';
import { groupDigits } from '@suiban/shared/time';
import { Tag, Typography } from 'antd';
import { useWords } from '../../i18n/language';

const words = dictionary(
  {
    hash: '送审稿编号',
    burden: '填报负担',
    burdenValue: '每家约 {minutes} 分钟，{planned} 家合计约 {hours} 小时',
    noBurden: '通知，不需要填报；{planned} 家',
    heading: '表号与备案',
    headingValue: '{form} · {authority} · {approval} · 有效期至 {until}',
    exempt: '无需备案：{reason}',
    incomplete: '未填全，签发人须写明无需备案的理由',
    missing: '未填',
    signs: '谁来签',
    signsValue: '拟制人 {drafter} → 签发人 {signatory}',
    unsigned: '拟制人 {drafter} → 签发人（待定，须为另一人）',
  },
  {
    hash: 'Draft number',
    burden: 'Burden',
    burdenValue: 'about {minutes} minutes a firm, {hours} hours for all {planned}',
    noBurden: 'A notice: nothing to fill in; {planned} firms',
    heading: 'Form number and filing',
    headingValue: '{form} · {authority} · {approval} · valid until {until}',
    exempt: 'No filing needed: {reason}',
    incomplete: 'Incomplete: the signatory must say why none is needed',
    missing: 'not given',
    signs: 'Who signs',
    signsValue: 'Drafter {drafter} → signatory {signatory}',
    unsigned: 'Drafter {drafter} → signatory (another official)',
  },
);

interface ReviewFactsProps {
  campaign: CampaignDetail;
  check: CampaignCheck;
  hashHint?: string | null;
}

/** What is signed: number, burden, form number and filing, who. */
export function ReviewFacts({ campaign, check, hashHint }: ReviewFactsProps) {
  const w = useWords(words);
  const planned = groupDigits(check.burden.planned);
  return (
    <dl className="facts">
      <dt>{w('hash')}</dt>
      <dd>
        <Typography.Text code copyable={{ text: campaign.contentHash }} className="review-hash">
          {check.contentHash.slice(0, 12)}
        </Typography.Text>
        {hashHint ? <div className="hint">{hashHint}</div> : null}
      </dd>
      <dt>{w('burden')}</dt>
      <dd>
        {campaign.kind === 'cloud_visit'
          ? w('burdenValue', { minutes: check.burden.minutesPerFirm, planned, hours: groupDigits(check.burden.hoursInAll) })
          : w('noBurden', { planned })}
      </dd>
      {campaign.kind === 'cloud_visit' ? (
        <>
          <dt>{w('heading')}</dt>
          <dd>
            <HeadingText heading={campaign.heading} />
          </dd>
        </>
      ) : null}
      <dt>{w('signs')}</dt>
      <dd>
        {campaign.signatory
          ? w('signsValue', { drafter: campaign.drafter.name, signatory: campaign.signatory.name })
          : w('unsigned', { drafter: campaign.drafter.name })}
      </dd>
    </dl>
  );
}

/** The 表号 block in one line, or why there is none. */
export function HeadingText({ heading }: { heading: CampaignDetail['heading'] }) {
  const w = useWords(words);
  if (heading?.exemptionReason) return w('exempt', { reason: heading.exemptionReason });
  if (!heading?.isComplete) return <Tag color="warning">{w('incomplete')}</Tag>;
  return w('headingValue', {
    form: heading.formNumber ?? w('missing'),
    authority: heading.authority ?? w('missing'),
    approval: heading.approvalNumber ?? w('missing'),
    until: heading.validUntil ?? w('missing'),
  });
}
