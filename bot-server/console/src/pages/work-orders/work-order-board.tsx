import type { SearchOf } from '@suiban/shared/api/operation';
import { type WorkOrderSummary, workOrdersApi } from '@suiban/shared/api/work-orders';
import { stateWords, workOrderStates } from '@suiban/shared/work-orders';
import { Card, Flex, Skeleton } from 'antd';
import { Link } from 'react-router';
import { useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { ProblemAlert } from '../../ui/problem-alert';
import { Due, Marks } from './work-order-parts';
import { workOrderWords } from './work-orders.words';

type Query = Pick<SearchOf<typeof workOrdersApi.listWorkOrders>, 'q' | 'mine' | 'overdue' | 'campaignId'>;

const perColumn = 12;

/** One column per state, the most urgent first. */
export function Board({ query }: { query: Query }) {
  return (
    <div className="board">
      {workOrderStates.map((state) => (
        <BoardColumn key={state} state={state} query={query} />
      ))}
    </div>
  );
}

function BoardColumn({ state, query }: { state: WorkOrderSummary['state']; query: Query }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const orders = useRead(workOrdersApi.listWorkOrders, { query: { ...query, state, limit: perColumn } }, { refetchMs: 20_000 });
  const total = orders.data?.total ?? orders.data?.items.length ?? 0;
  return (
    <section aria-label={stateWords[state][lang]} className="board-column">
      <Flex justify="space-between" className="board-head">
        <strong>{stateWords[state][lang]}</strong>
        <span className="hint">{total}</span>
      </Flex>
      <ProblemAlert problem={orders.error} onRetry={() => void orders.refetch()} />
      {orders.isPending ? <Skeleton active title={false} paragraph={{ rows: 3 }} /> : null}
      {orders.data?.items.map((order) => (
        <Link key={order.id} to={`/work-orders/${order.id}`} className="board-card">
          <Card size="small" hoverable>
            <div className="board-title">{order.title}</div>
            <div className="hint">{order.bureauName ?? order.number}</div>
            {order.dueAt ? <Due order={order} /> : null}
            <Marks order={order} />
          </Card>
        </Link>
      ))}
      {orders.data?.items.length === 0 ? <div className="hint board-empty">{w('emptyColumn')}</div> : null}
      {total > perColumn ? <Link to={`/work-orders?state=${state}`}>{w('more', { count: total - perColumn })}</Link> : null}
    </section>
  );
}
