import { type CampaignAction, type CampaignDetail, type CampaignProgress, campaignsApi } from '@suiban/shared/api/campaigns';
import { campaignActionRules } from '@suiban/shared/campaigns';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Form, Modal } from 'antd';
import type { Problem } from '../../../api/client';
import { useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useNamedCheck } from '../named-check';
import { ActionFields } from './action-fields';
import { actionWords } from './actions.words';
import { type ActionInput, runAction, touchedByActions } from './run-action';

interface ActionDialogProps {
  campaign: CampaignDetail;
  progress: CampaignProgress | null;
  action: CampaignAction;
  onClose: () => void;
}

const checked: readonly CampaignAction[] = ['submit', 'approve', 'launch'];
const dangerous: readonly CampaignAction[] = ['cancel', 'close'];

/** Says what will happen, asks for what the action needs, does it, and keeps what was typed when it fails. */
export function ActionDialog({ campaign, progress, action, onClose }: ActionDialogProps) {
  const w = useWords(actionWords);
  const { lang } = useLanguage();
  const { message } = App.useApp();
  const client = useQueryClient();
  const [form] = Form.useForm<ActionInput>();
  const check = useRead(campaignsApi.checkCampaign, { params: { campaignId: campaign.id } }, { enabled: checked.includes(action) });
  const named = useNamedCheck(check.data, campaign.plan);
  const name = campaignActionRules[action].words[lang];
  const run = useMutation<number | null, Problem, ActionInput>({
    mutationFn: (input) => runAction(campaign, action, input),
    onSuccess: async (count) => {
      await Promise.all(touchedByActions.map((id) => client.invalidateQueries({ queryKey: [id] })));
      const isRetry = action === 'retry-failed';
      void message.success(count === null ? w('done', { action: name }) : w(isRetry ? 'retried' : 'resolved', { count }));
      onClose();
    },
    onError: (problem) => form.setFields(fieldErrors(problem)),
  });
  const isStale = checked.includes(action) && check.data !== undefined && check.data.contentHash !== campaign.contentHash;
  const isBlocked = (action === 'submit' && check.data?.canSubmit === false) || (checked.includes(action) && check.isPending) || isStale;
  return (
    <Modal
      open
      title={name}
      width={checked.includes(action) ? 640 : 520}
      okText={name}
      cancelText={w('keep')}
      okButtonProps={{ danger: dangerous.includes(action), disabled: isBlocked, loading: run.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      <ProblemAlert problem={run.error ?? check.error} />
      <Form<ActionInput>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ codes: retryableCodes(progress) }}
        onFinish={(input) => run.mutate(input)}
      >
        <ActionFields campaign={campaign} progress={progress} action={action} check={named ?? null} isStale={isStale} />
      </Form>
    </Modal>
  );
}

export const retryableCodes = (progress: CampaignProgress | null): string[] => [
  ...new Set((progress?.errors ?? []).filter((line) => line.canRetry).map((line) => line.code)),
];

const names: readonly (keyof ActionInput)[] = ['reason', 'headingExemptionReason', 'codes', 'outcome'];

function fieldErrors(problem: Problem): { name: keyof ActionInput; errors: string[] }[] {
  return names.flatMap((name) => {
    const errors = problem.errors.filter((error) => error.pointer.endsWith(`/${name}`)).map((error) => error.detail);
    return errors.length > 0 ? [{ name, errors }] : [];
  });
}
