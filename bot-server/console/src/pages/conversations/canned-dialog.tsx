import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { type CannedReply, conversationsApi } from '@suiban/shared/api/conversations';
import { App, Button, Flex, Form, Input, Modal, Skeleton } from 'antd';
import { useState } from 'react';
import { useRead, useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { LineList } from '../../ui/line-list';
import { ProblemAlert } from '../../ui/problem-alert';
import { conversationWords } from './conversations.words';

const refresh = [conversationsApi.listCannedReplies.id];

/** The bureau's canned replies: everybody who answers uses and keeps them. */
export function CannedDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(conversationWords);
  const canned = useRead(conversationsApi.listCannedReplies);
  const [edited, setEdited] = useState<CannedReply | 'new' | null>(null);
  return (
    <Modal open title={w('manage')} footer={null} onCancel={onClose} destroyOnHidden width={600}>
      <ProblemAlert problem={canned.error} onRetry={() => void canned.refetch()} />
      {canned.isPending ? <Skeleton active title={false} paragraph={{ rows: 4 }} /> : null}
      {edited ? (
        <CannedForm reply={edited === 'new' ? null : edited} onDone={() => setEdited(null)} />
      ) : (
        <>
          <LineList
            items={canned.data?.items ?? []}
            itemKey={({ id }) => id}
            empty={canned.isPending ? null : w('cannedNone')}
            render={(reply) => <CannedLine reply={reply} onEdit={() => setEdited(reply)} />}
          />
          <Button icon={<PlusOutlined />} onClick={() => setEdited('new')} style={{ marginTop: 12 }}>
            {w('cannedAdd')}
          </Button>
        </>
      )}
    </Modal>
  );
}

function CannedLine({ reply, onEdit }: { reply: CannedReply; onEdit: () => void }) {
  const w = useWords(conversationWords);
  const { modal } = App.useApp();
  const remove = useWrite(conversationsApi.deleteCannedReply, { refresh });
  const ask = () =>
    void modal.confirm({
      title: w('cannedDelete', { title: reply.title }),
      content: w('cannedDeleteNote'),
      okText: w('cannedDeleteYes'),
      cancelText: w('cannedKeep'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync({ params: { cannedReplyId: reply.id } }).catch(() => undefined),
    });
  return (
    <Flex gap={12} align="flex-start">
      <div style={{ flex: 1, minWidth: 0 }}>
        <strong>{reply.title}</strong>
        <p className="quoted">{reply.text}</p>
        <ProblemAlert problem={remove.error} />
      </div>
      <Button type="text" icon={<EditOutlined />} aria-label={w('cannedEdit', { title: reply.title })} onClick={onEdit} />
      <Button
        type="text"
        danger
        icon={<DeleteOutlined />}
        aria-label={w('cannedDelete', { title: reply.title })}
        loading={remove.isPending}
        onClick={ask}
      />
    </Flex>
  );
}

function CannedForm({ reply, onDone }: { reply: CannedReply | null; onDone: () => void }) {
  const w = useWords(conversationWords);
  const create = useWrite(conversationsApi.createCannedReply, { refresh, onDone });
  const update = useWrite(conversationsApi.updateCannedReply, { refresh, onDone });
  const save = (draft: { title: string; text: string }) => {
    if (!reply) create.mutate({ body: draft });
    else update.mutate({ params: { cannedReplyId: reply.id }, body: { ...draft, position: reply.position, revision: reply.revision } });
  };
  const required = { required: true, whitespace: true, message: w('needText') };
  return (
    <Form<{ title: string; text: string }>
      layout="vertical"
      requiredMark={false}
      initialValues={{ title: reply?.title ?? '', text: reply?.text ?? '' }}
      onFinish={save}
    >
      <ProblemAlert problem={create.error ?? update.error} />
      <Form.Item name="title" label={w('cannedTitle')} rules={[required]}>
        <Input maxLength={30} autoFocus />
      </Form.Item>
      <Form.Item name="text" label={w('cannedText')} rules={[required]}>
        <Input.TextArea maxLength={600} showCount autoSize={{ minRows: 3, maxRows: 8 }} />
      </Form.Item>
      <Flex gap={8}>
        <Button type="primary" htmlType="submit" loading={create.isPending || update.isPending}>
          {w('cannedSave')}
        </Button>
        <Button onClick={onDone}>{w('cannedCancel')}</Button>
      </Flex>
    </Form>
  );
}
