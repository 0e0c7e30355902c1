import { MoreOutlined } from '@ant-design/icons';
import { type WorkOrderDetail, workOrdersApi } from '@suiban/shared/api/work-orders';
import { actionRules } from '@suiban/shared/work-orders';
import { App, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { ActionForm, type ActionInput } from './action-form';
import { type ActionName, actionOf, isAction } from './action-names';
import { workOrderWords } from './work-orders.words';

/** One primary step, the rest in a menu. */
export function WorkOrderActions({ order }: { order: WorkOrderDetail }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const [open, setOpen] = useState<ActionName | null>(null);
  const [first, ...others] = order.actions.filter(isAction);
  const labelOf = (name: ActionName) => actionRules[actionOf[name]].words[lang];
  if (!first) return null;
  return (
    <>
      {others.length > 0 ? (
        <Dropdown
          trigger={['click']}
          menu={{ items: others.map((name) => ({ key: name, label: labelOf(name), onClick: () => setOpen(name) })) }}
        >
          <Button icon={<MoreOutlined />}>{w('moreActions')}</Button>
        </Dropdown>
      ) : null}
      <Button type="primary" onClick={() => setOpen(first)}>
        {labelOf(first)}
      </Button>
      {open ? <ActionDialog order={order} name={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function ActionDialog({ order, name, onClose }: { order: WorkOrderDetail; name: ActionName; onClose: () => void }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const { message } = App.useApp();
  const rule = actionRules[actionOf[name]];
  const act = useWrite(workOrdersApi[name], {
    refresh: [workOrdersApi.getWorkOrder.id, workOrdersApi.listWorkOrders.id, workOrdersApi.countWorkOrders.id],
    onDone: () => {
      message.success(w('doneNote', { action: rule.done[lang] }));
      onClose();
    },
  });
  const send = (input: ActionInput) => {
    const body = { revision: order.revision, ...input };
    // Each action's own schema checks its fields on the server; the form asks for exactly those.
    act.mutate({ params: { workOrderId: order.id }, body: body as never });
  };
  return (
    <Modal open title={rule.words[lang]} footer={null} onCancel={onClose} destroyOnHidden width={560}>
      <ProblemAlert problem={act.error} />
      <ActionForm order={order} name={name} isBusy={act.isPending} onSend={send} />
    </Modal>
  );
}
