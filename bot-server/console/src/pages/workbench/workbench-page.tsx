import { RightOutlined } from '@ant-design/icons';
import { conversationsApi } from '@suiban/shared/api/conversations';
import { type WorkbenchItem, workbenchApi } from '@suiban/shared/api/workbench';
import { Badge, Button, Card, Col, Empty, Flex, Row, Skeleton, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useRead } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { Figure } from '../../ui/figure';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { workbenchWords } from './workbench.words';

const refreshMs = 30_000;

export function WorkbenchPage() {
  const w = useWords(workbenchWords);
  const { me, may } = useSession();
  const workbench = useRead(workbenchApi.getWorkbench, {}, { refetchMs: refreshMs });
  const retry = () => void workbench.refetch();
  const waiting = useWaitingConversations();
  return (
    <Page
      title={w('title')}
      subtitle={w('hello', { name: me.name, bureau: me.bureauName })}
      actions={
        <>
          {may('enterprises.import') ? (
            <Link to="/imports">
              <Button>{w('importFirms')}</Button>
            </Link>
          ) : null}
          {may('campaigns.write') ? (
            <Link to="/campaigns/new">
              <Button type="primary">{w('newCampaign')}</Button>
            </Link>
          ) : null}
        </>
      }
    >
      <ProblemAlert problem={workbench.error} onRetry={retry} />
      <Typography.Title level={2}>{w('needsMe')}</Typography.Title>
      <Card styles={{ body: { padding: 0 } }} className="workbench-list">
        {workbench.isPending ? <Skeleton active paragraph={{ rows: 4 }} style={{ padding: 24 }} /> : null}
        {workbench.data?.needsMe.length === 0 && !waiting ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w('nothing')} style={{ padding: 32, margin: 0 }} />
        ) : null}
        <ul className="plain-list">
          {waiting ? (
            <li>
              <NeedsMe item={waiting} />
            </li>
          ) : null}
          {workbench.data?.needsMe.map((item) => (
            <li key={`${item.kind} ${item.id}`}>
              <NeedsMe item={item} />
            </li>
          ))}
        </ul>
      </Card>
      <Typography.Title level={2}>{w('figures')}</Typography.Title>
      <Row gutter={[16, 16]}>
        {workbench.data?.figures.map((figure) => (
          <Col span={6} key={figure.key}>
            <Figure
              label={w(figure.key)}
              value={figure.value}
              note={w('difference', { sign: figure.difference < 0 ? '−' : '+', count: Math.abs(figure.difference) })}
              series={figure.series.map((day) => day.value)}
            />
          </Col>
        ))}
      </Row>
    </Page>
  );
}

type Line = Omit<WorkbenchItem, 'kind'> & { readonly kind: WorkbenchItem['kind'] | 'waiting-conversations' };

/** Firms that asked for a person and wait: one line, the longest wait beside it. Null: none, or not this official's work. */
function useWaitingConversations(): Line | null {
  const w = useWords(workbenchWords);
  const { may } = useSession();
  const options = { enabled: may('conversations.answer'), refetchMs: refreshMs };
  const counts = useRead(conversationsApi.countConversations, {}, options);
  const longest = useRead(conversationsApi.listConversations, { query: { view: 'waiting', limit: 1 } }, options);
  const [first] = longest.data?.items ?? [];
  const count = counts.data?.waiting ?? 0;
  if (!first?.waitingSince || count === 0) return null;
  return {
    kind: 'waiting-conversations',
    id: 'waiting',
    title: w('conversationsTitle'),
    detail: first.enterpriseName ?? first.peerLabel,
    count,
    href: '/conversations',
    since: first.waitingSince,
    dueAt: null,
  };
}

const urgent: readonly Line['kind'][] = ['overdue-order', 'unknown-deliveries', 'waiting-conversations'];

function NeedsMe({ item }: { item: Line }) {
  const w = useWords(workbenchWords);
  const time = useTimeText();
  return (
    <Link to={item.href} className="workbench-item">
      <Tag color={urgent.includes(item.kind) ? 'error' : 'processing'}>{w(item.kind)}</Tag>
      <Flex vertical style={{ minWidth: 0, flex: 1 }}>
        <span className="workbench-item-title">
          {item.title} {item.count > 1 ? <Badge count={item.count} overflowCount={9999} color="var(--ink-3)" /> : null}
        </span>
        <span className="hint">{item.detail}</span>
      </Flex>
      <span className="hint">{item.dueAt ? w('due', { at: time.near(item.dueAt) }) : time.near(item.since)}</span>
      <RightOutlined aria-hidden="true" className="hint" />
    </Link>
  );
}
