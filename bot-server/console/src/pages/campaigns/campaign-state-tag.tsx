import type { CampaignState } from '@suiban/shared/api/campaigns';
import { campaignStateWords } from '@suiban/shared/campaigns';
import { Tag } from 'antd';
import { useLanguage } from '../../i18n/language';

const colours: Record<CampaignState, string> = {
  draft: 'default',
  in_review: 'warning',
  approved: 'processing',
  scheduled: 'processing',
  running: 'processing',
  paused: 'warning',
  halted: 'error',
  completed: 'success',
  cancelled: 'default',
};

export function CampaignStateTag({ state }: { state: CampaignState }) {
  const { lang } = useLanguage();
  return <Tag color={colours[state]}>{campaignStateWords[state][lang]}</Tag>;
}
