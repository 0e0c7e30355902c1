import { identityApi } from '@suiban/shared/api/identity';
import { App, Button, Form, Input, Modal } from 'antd';
import { useWrite } from '../api/hooks';
import { useWords } from '../i18n/language';
import { ProblemAlert } from '../ui/problem-alert';
import { accountWords } from './account.words';

interface PasswordDialogProps {
  isOpen: boolean;
  /** A first password has to be replaced before anything else: the dialog cannot be closed. */
  isForced: boolean;
  onClose: () => void;
}

interface Fields {
  currentPassword: string;
  newPassword: string;
  again: string;
}

export function PasswordDialog({ isOpen, isForced, onClose }: PasswordDialogProps) {
  const w = useWords(accountWords);
  const { message } = App.useApp();
  const change = useWrite(identityApi.changeMyPassword, {
    refresh: [identityApi.getMe.id],
    onDone: () => {
      void message.success(w('passwordChanged'));
      onClose();
    },
  });
  return (
    <Modal
      open={isOpen}
      title={w('changePassword')}
      footer={null}
      destroyOnHidden
      closable={!isForced}
      mask={{ closable: !isForced }}
      keyboard={!isForced}
      onCancel={() => {
        change.reset();
        onClose();
      }}
    >
      {isForced ? <p>{w('firstPassword')}</p> : null}
      <ProblemAlert problem={change.error} />
      <PasswordForm
        isBusy={change.isPending}
        onSend={({ currentPassword, newPassword }) => change.mutate({ body: { currentPassword, newPassword } })}
      />
    </Modal>
  );
}

function PasswordForm({ isBusy, onSend }: { isBusy: boolean; onSend: (fields: Fields) => void }) {
  const w = useWords(accountWords);
  return (
    <Form<Fields> layout="vertical" requiredMark={false} onFinish={onSend}>
      <Form.Item name="currentPassword" label={w('currentPassword')} rules={[{ required: true, message: w('needCurrent') }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item name="newPassword" label={w('newPassword')} extra={w('passwordRule')} rules={[{ required: true, message: w('needNew') }]}>
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={w('again')}
        dependencies={['newPassword']}
        rules={[
          ({ getFieldValue }) => ({
            validator: (_, value) => (value === getFieldValue('newPassword') ? Promise.resolve() : Promise.reject(new Error(w('differs')))),
          }),
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={isBusy}>
        {w('changePassword')}
      </Button>
    </Form>
  );
}
