import { type ConversationDetail, conversationsApi } from '@suiban/shared/api/conversations';
import { Alert, App, Button, Form, Modal, Select, Skeleton } from 'antd';
import { useRead, useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { conversationWords } from './conversations.words';
import { refreshAll } from './refresh';

interface GiveProps {
  conversation: ConversationDetail;
  giving: 'assignConversation' | 'transferConversation';
  onClose: () => void;
  onGone: () => void;
}

/** To a colleague, or to another bureau, which then has it alone. */
export function GiveDialog({ conversation, giving, onClose, onGone }: GiveProps) {
  const w = useWords(conversationWords);
  const { message } = App.useApp();
  const desks = useRead(conversationsApi.listConversationDesks);
  const isAssigning = giving === 'assignConversation';
  const assign = useWrite(conversationsApi.assignConversation, {
    refresh: refreshAll,
    onDone: ({ operatorName }) => {
      void message.success(w('assigned', { name: operatorName ?? w('operator') }));
      onClose();
    },
  });
  const transfer = useWrite(conversationsApi.transferConversation, {
    refresh: refreshAll.filter((id) => id !== conversationsApi.getConversation.id),
    onDone: ({ bureauName }) => {
      void message.success(w('transferred', { name: bureauName }));
      onClose();
      onGone();
    },
  });
  const operators = (desks.data?.operators ?? []).filter(({ id }) => id !== conversation.operatorId);
  const choices = isAssigning ? operators : (desks.data?.bureaus ?? []);
  const send = ({ to }: { to: string }) => {
    const { id: conversationId, revision } = conversation;
    if (isAssigning) assign.mutate({ params: { conversationId }, body: { revision, officialId: to } });
    else transfer.mutate({ params: { conversationId }, body: { revision, bureauId: to } });
  };
  return (
    <Modal open title={w(isAssigning ? 'assignTitle' : 'transferTitle')} footer={null} onCancel={onClose} destroyOnHidden>
      <ProblemAlert problem={desks.error ?? assign.error ?? transfer.error} />
      {isAssigning ? null : <Alert type="warning" showIcon title={w('transferNote')} style={{ marginBottom: 16 }} />}
      {desks.isPending ? <Skeleton active title={false} paragraph={{ rows: 2 }} /> : null}
      {desks.isSuccess && choices.length === 0 ? <p>{w('noOperator')}</p> : null}
      {choices.length > 0 ? (
        <Form<{ to: string }> layout="vertical" requiredMark={false} onFinish={send}>
          <Form.Item name="to" label={w(isAssigning ? 'operator' : 'bureau')} rules={[{ required: true, message: w('choose') }]}>
            <Select
              autoFocus
              showSearch
              optionFilterProp="label"
              placeholder={w('choose')}
              options={choices.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={assign.isPending || transfer.isPending}>
            {w(isAssigning ? 'confirmAssign' : 'confirmTransfer')}
          </Button>
        </Form>
      ) : null}
    </Modal>
  );
}
