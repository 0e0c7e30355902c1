import { ClockCircleOutlined, WarningOutlined } from '@ant-design/icons';
import type { WorkOrderSummary } from '@suiban/shared/api/work-orders';
import { stateWords } from '@suiban/shared/work-orders';
import { Flex, Tag, Tooltip } from 'antd';
import { useLanguage, useWords } from '../../i18n/language';
import { useTimeText } from '../../ui/time-text';
import { workOrderWords } from './work-orders.words';

const colours: Record<WorkOrderSummary['state'], string> = {
  'to-assign': 'warning',
  'to-accept': 'warning',
  handling: 'processing',
  'reply-review': 'processing',
  'awaiting-rating': 'success',
  closed: 'default',
};

export function WorkOrderStateTag({ state }: { state: WorkOrderSummary['state'] }) {
  const { lang } = useLanguage();
  return <Tag color={colours[state]}>{stateWords[state][lang]}</Tag>;
}

/** When it is due, in words; late is said, not only coloured. */
export function Due({ order }: { order: Pick<WorkOrderSummary, 'dueAt' | 'isOverdue' | 'isDueProvisional'> }) {
  const w = useWords(workOrderWords);
  const time = useTimeText();
  if (!order.dueAt) return <span className="hint">—</span>;
  return (
    <Flex gap={4} align="center" wrap>
      <span style={order.isOverdue ? { color: 'var(--bad)', fontWeight: 500 } : undefined}>
        {order.isOverdue ? <WarningOutlined aria-hidden="true" /> : <ClockCircleOutlined aria-hidden="true" />} {time.near(order.dueAt)}
        {order.isOverdue ? ` · ${w('overdue')}` : ''}
      </span>
      {order.isDueProvisional ? (
        <Tooltip title={w('provisionalHint')}>
          <Tag>{w('provisional')}</Tag>
        </Tooltip>
      ) : null}
    </Flex>
  );
}

export function Marks({ order }: { order: WorkOrderSummary }) {
  const w = useWords(workOrderWords);
  return (
    <>
      {order.urgeCount > 0 ? <Tag color="error">{w('urged', { count: order.urgeCount })}</Tag> : null}
      {order.isReopened ? <Tag color="warning">{w('reopened')}</Tag> : null}
    </>
  );
}
