import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import type { Lang } from '@suiban/shared/text';
import { Card, Skeleton } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { InboxPreview, PhonePreview } from '../../../../ui/phone-preview';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { channelText, stepText } from '../../campaigns.words';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';
import { TestSend } from './test-send';

const captionOf = ({ draft }: Wizard, { step, channel }: CampaignCheck['previews'][number], lang: Lang): string => {
  const body = draft.plan[step]?.body;
  return `${step + 1}. ${body ? stepText(body, lang) : channelText(channel, lang)}`;
};

/** 预览与试发: each channel as the phone shows it, filled in by the server; and one real message to somebody who looks. */
export function PreviewStep({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { lang } = useLanguage();
  const { city, me } = useSession();
  const { campaign, check } = wizard;
  if (!campaign) return <p className="hint">{w('previewWait')}</p>;
  if (check.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  return (
    <>
      <ProblemAlert problem={check.error} onRetry={() => void check.refetch()} />
      {check.data ? (
        <div className="phones">
          {check.data.previews.map((preview) => (
            <PhonePreview
              key={preview.step}
              preview={preview}
              sender={preview.channel === 'wecom' || preview.channel === 'email' ? me.bureauName : city.productName}
              caption={captionOf(wizard, preview, lang)}
            />
          ))}
          <InboxPreview inbox={check.data.inbox} sender={city.productName} />
        </div>
      ) : null}
      {check.data && check.data.previews.length > 0 ? (
        <Card size="small" title={w('test')} style={{ marginTop: 24 }}>
          <TestSend wizard={wizard} campaignId={campaign.id} />
        </Card>
      ) : null}
    </>
  );
}
