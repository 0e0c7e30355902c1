import { type CampaignDetail, campaignsApi } from '@suiban/shared/api/campaigns';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { parseRule } from '@suiban/shared/rules';
import { groupDigits } from '@suiban/shared/time';
import { Card, Flex, Skeleton, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { useSession } from '../../../layout/session';
import { InboxPreview, PhonePreview } from '../../../ui/phone-preview';
import { ProblemAlert } from '../../../ui/problem-alert';
import { registryOf, ruleSentence } from '../../../ui/rule-editor';
import { useTimeText } from '../../../ui/time-text';
import { channelText, stepText } from '../campaigns.words';
import { FindingsList } from '../findings-list';
import { useNamedCheck } from '../named-check';
import { ReviewFacts } from '../review-facts';
import { contentWords } from './content.words';
import '../campaigns.css';

/** Everything that is signed, read-only: what, to whom, how, when. */
export function CampaignContent({ campaign }: { campaign: CampaignDetail }) {
  const w = useWords(contentWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const check = useRead(campaignsApi.checkCampaign, { params: { campaignId: campaign.id } });
  const found = useNamedCheck(check.data, campaign.plan);
  return (
    <Flex vertical gap={16}>
      <Card title={w('what')}>
        <Subject campaign={campaign} />
      </Card>
      <Card title={w('toWhom')}>
        <Audience campaign={campaign} />
      </Card>
      <Card title={w('how')}>
        <PlanOrder campaign={campaign} />
        <ProblemAlert problem={check.error} onRetry={() => void check.refetch()} />
        {check.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
        {found ? (
          <div className="phones">
            {found.previews.map((preview) => (
              <PhonePreview
                key={preview.step}
                preview={preview}
                sender={preview.channel === 'wecom' || preview.channel === 'email' ? campaign.bureauName : city.productName}
                caption={`${preview.step + 1}. ${channelText(preview.channel, lang)}`}
              />
            ))}
            <InboxPreview inbox={found.inbox} sender={city.productName} />
          </div>
        ) : null}
      </Card>
      <Card title={w('review')}>
        {found ? (
          <>
            <ReviewFacts campaign={campaign} check={found} />
            {campaign.launchedAt ? null : (
              <div style={{ marginTop: 16 }}>
                <FindingsList findings={found.findings} />
              </div>
            )}
          </>
        ) : (
          <Skeleton active paragraph={{ rows: 3 }} />
        )}
      </Card>
    </Flex>
  );
}

function Subject({ campaign }: { campaign: CampaignDetail }) {
  const w = useWords(contentWords);
  const { questionnaire } = campaign;
  return (
    <dl className="facts">
      <dt>{w('kind')}</dt>
      <dd>{w(campaign.kind)}</dd>
      <dt>{w('title')}</dt>
      <dd>{campaign.title}</dd>
      {questionnaire ? (
        <>
          <dt>{w('questionnaire')}</dt>
          <dd>
            <Link to={`/questionnaires/${questionnaire.questionnaireId}`} className="inline-link">
              {questionnaire.title}
            </Link>{' '}
            {w('version', { version: questionnaire.version, questions: questionnaire.questionCount, minutes: questionnaire.minutes })}
          </dd>
        </>
      ) : null}
      {campaign.noticeText ? (
        <>
          <dt>{w('noticeText')}</dt>
          <dd className="quoted">{campaign.noticeText}</dd>
        </>
      ) : null}
    </dl>
  );
}

function useAudienceSentence(audience: object): string | null {
  const { lang } = useLanguage();
  const attributes = useRead(enterprisesApi.listEnterpriseAttributes);
  return useMemo(() => {
    const parsed = parseRule(audience);
    return attributes.data && parsed.ok ? ruleSentence(parsed.rule, registryOf(attributes.data.items), lang) : null;
  }, [audience, attributes.data, lang]);
}

function Audience({ campaign }: { campaign: CampaignDetail }) {
  const w = useWords(contentWords);
  const sentence = useAudienceSentence(campaign.audience);
  const { exclusions } = campaign;
  const lines = [
    exclusions.onePerPerson ? w('onePerPerson') : null,
    exclusions.askedWithinDays ? w('askedWithin', { days: exclusions.askedWithinDays }) : null,
    exclusions.campaignIds.length > 0 ? w('notOfCampaigns', { count: exclusions.campaignIds.length }) : null,
    exclusions.creditCodes.length > 0 ? w('notNamed', { count: exclusions.creditCodes.length }) : null,
  ].filter((line) => line !== null);
  return (
    <dl className="facts">
      <dt>{w('rule')}</dt>
      <dd>{sentence ?? <Skeleton.Input active size="small" />}</dd>
      <dt>{w('excluded')}</dt>
      <dd>{lines.length > 0 ? lines.join('；') : w('nobody')}</dd>
      {campaign.snapshot ? <Snapshot snapshot={campaign.snapshot} /> : null}
    </dl>
  );
}

function Snapshot({ snapshot }: { snapshot: NonNullable<CampaignDetail['snapshot']> }) {
  const w = useWords(contentWords);
  const time = useTimeText();
  return (
    <>
      <dt>{w('snapshot')}</dt>
      <dd>
        {w('frozen', { at: time.stamp(snapshot.frozenAt), matched: groupDigits(snapshot.matched), planned: groupDigits(snapshot.planned) })}
        <Flex gap={4} wrap style={{ marginTop: 4 }}>
          {snapshot.excluded.map((line) => (
            <Tag key={line.reason}>
              {line.label} {groupDigits(line.count)}
            </Tag>
          ))}
        </Flex>
        <div className="hint">
          {w('snapshotHash')} <Typography.Text code>{snapshot.hash.slice(0, 12)}</Typography.Text>
        </div>
      </dd>
    </>
  );
}

function PlanOrder({ campaign }: { campaign: CampaignDetail }) {
  const w = useWords(contentWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const { startAt, notAfterAt, closesAt } = campaign.window;
  return (
    <dl className="facts" style={{ marginBottom: 16 }}>
      <dt>{w('order')}</dt>
      <dd>
        {campaign.plan.map((step) => stepText(step.body, lang)).join(' → ') || w('inboxOnly')}
        <div className="hint">{w('orderHint')}</div>
      </dd>
      <dt>{w('window')}</dt>
      <dd>
        {startAt ? w('startsAt', { at: time.near(startAt) }) : w('startsNow')}
        {notAfterAt ? `；${w('notAfter', { at: time.near(notAfterAt) })}` : ''}
        {`；${w('closes', { at: time.near(closesAt) })}`}
      </dd>
    </dl>
  );
}
