import { workOrdersApi } from '@suiban/shared/api/work-orders';
import { Alert, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { workOrderWords } from './work-orders.words';

export function LookAtName({ workOrderId }: { workOrderId: string }) {
  const w = useWords(workOrderWords);
  const [isOpen, setOpen] = useState(false);
  const look = useWrite(workOrdersApi.lookAtReporter, { refresh: [workOrdersApi.getWorkOrder.id] });
  const close = () => {
    setOpen(false);
    look.reset();
  };
  return (
    <>
      <Button type="link" size="small" style={{ paddingInline: 0 }} onClick={() => setOpen(true)}>
        {w('look')}
      </Button>
      <Modal open={isOpen} title={w('look')} footer={null} destroyOnHidden onCancel={close}>
        <Alert type="warning" showIcon title={w('lookNote')} style={{ marginBottom: 16 }} />
        <ProblemAlert problem={look.error} />
        {look.data ? (
          <p className="figure-value" aria-live="polite">
            {look.data.enterpriseName}
          </p>
        ) : (
          <Form<{ reason: string }> layout="vertical" onFinish={({ reason }) => look.mutate({ params: { workOrderId }, body: { reason } })}>
            <Form.Item name="reason" label={w('lookReason')} rules={[{ required: true, min: 2, message: w('needText', { min: 2 }) }]}>
              <Input.TextArea rows={2} maxLength={200} autoFocus />
            </Form.Item>
            <Button type="primary" htmlType="submit" loading={look.isPending}>
              {w('look')}
            </Button>
          </Form>
        )}
      </Modal>
    </>
  );
}
