import { DownOutlined } from '@ant-design/icons';
import type { CampaignAction, CampaignDetail, CampaignProgress } from '@suiban/shared/api/campaigns';
import { campaignActionRules } from '@suiban/shared/campaigns';
import { Button, Dropdown, type MenuProps } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useLanguage, useWords } from '../../../i18n/language';
import { ActionDialog, retryableCodes } from './action-dialog';
import { actionWords, forwardActions } from './actions.words';

/** Done elsewhere: the export beside the list of recipients, the test in the wizard. */
const elsewhere: readonly CampaignAction[] = ['export', 'test-send'];
const isAction = (name: string, actions: readonly CampaignAction[]): name is CampaignAction => actions.some((action) => action === name);

/** What this official may do now: the main action as a button, the rest in a menu; each opens its dialog. */
export function CampaignActions({ campaign, progress }: { campaign: CampaignDetail; progress: CampaignProgress | null }) {
  const w = useWords(actionWords);
  const { lang } = useLanguage();
  const navigate = useNavigate();
  const [open, setOpen] = useState<CampaignAction | null>(null);
  const nameOf = (action: CampaignAction) => campaignActionRules[action].words[lang];
  const actions = Object.keys(campaignActionRules).filter((name): name is CampaignAction => isAction(name, campaign.actions));
  const hasEditButton = campaign.state === 'draft' && actions.includes('edit');
  const hasNothingToRetry = progress !== null && retryableCodes(progress).length === 0;
  const shown = actions.filter(
    (action) => !elsewhere.includes(action) && !(hasEditButton && action === 'edit') && !(hasNothingToRetry && action === 'retry-failed'),
  );
  // While it sends, stopping it must be one click away.
  const stop = campaign.state === 'running' ? shown.find((action) => action === 'pause') : undefined;
  const main = stop ?? shown.find((action) => forwardActions.includes(action)) ?? shown[0];
  const rest = shown.filter((action) => action !== main);
  const start = (action: CampaignAction) => (action === 'edit' ? navigate(`/campaigns/${campaign.id}/edit`) : setOpen(action));
  const items: MenuProps['items'] = [
    ...rest.filter((action) => action !== 'cancel').map((action) => ({ key: action, label: nameOf(action), onClick: () => start(action) })),
    ...(rest.includes('cancel') && rest.length > 1 ? [{ type: 'divider' as const }] : []),
    ...(rest.includes('cancel') ? [{ key: 'cancel', label: nameOf('cancel'), danger: true, onClick: () => start('cancel') }] : []),
  ];
  return (
    <>
      {rest.length > 0 ? (
        <Dropdown trigger={['click']} menu={{ items }}>
          <Button>
            {w('more')} <DownOutlined aria-hidden />
          </Button>
        </Dropdown>
      ) : null}
      {hasEditButton ? <Button onClick={() => start('edit')}>{nameOf('edit')}</Button> : null}
      {main ? (
        <Button type={forwardActions.includes(main) ? 'primary' : 'default'} danger={main === 'cancel'} onClick={() => start(main)}>
          {nameOf(main)}
        </Button>
      ) : null}
      {open ? <ActionDialog campaign={campaign} progress={progress} action={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
