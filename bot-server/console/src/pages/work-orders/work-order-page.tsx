import { type WorkOrderDetail, workOrdersApi } from '@suiban/shared/api/work-orders';
import { industryLabel } from '@suiban/shared/enterprises';
import { clockWords, outcomeWords, solvedWords } from '@suiban/shared/work-orders';
import { Button, Card, Col, Flex, Row, Skeleton, Tag, Timeline } from 'antd';
import { useParams } from 'react-router';
import { addressOf } from '../../api/client';
import { useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { LookAtName } from './look-at-name';
import { WorkOrderActions } from './work-order-actions';
import { Due, Marks, WorkOrderStateTag } from './work-order-parts';
import { timelineText, workOrderWords } from './work-orders.words';

export function WorkOrderPage() {
  const w = useWords(workOrderWords);
  const { workOrderId = '' } = useParams();
  const order = useRead(workOrdersApi.getWorkOrder, { params: { workOrderId } }, { refetchMs: 15_000 });
  if (order.isPending) return <Skeleton active paragraph={{ rows: 8 }} style={{ padding: 32 }} />;
  const found = order.data;
  return (
    <Page
      title={found?.title ?? w('title')}
      trail={[{ label: w('title'), to: '/work-orders' }, { label: found?.number ?? '' }]}
      tags={
        found ? (
          <>
            <WorkOrderStateTag state={found.state} />
            <Marks order={found} />
          </>
        ) : null
      }
      subtitle={found?.dueAt ? <NextClock order={found} /> : null}
      actions={found ? <WorkOrderActions order={found} /> : null}
    >
      <ProblemAlert problem={order.error} onRetry={() => void order.refetch()} />
      {found ? (
        <Row gutter={[16, 16]}>
          <Col span={14}>
            <Thread order={found} />
          </Col>
          <Col span={10}>
            <Facts order={found} />
            <Clocks order={found} />
          </Col>
        </Row>
      ) : null}
    </Page>
  );
}

/** Which clock runs out next, and when. */
function NextClock({ order }: { order: WorkOrderDetail }) {
  const { lang } = useLanguage();
  const clock = order.clocks.find((each) => each.doneAt === null && each.dueAt === order.dueAt);
  return (
    <Flex gap={8}>
      {clock ? clockWords[clock.kind][lang] : null}
      <Due order={order} />
    </Flex>
  );
}

function Thread({ order }: { order: WorkOrderDetail }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  return (
    <>
      <Card title={w('problem')}>
        <p className="quoted">{order.text}</p>
      </Card>
      {order.reply ? (
        <Card title={w('reply')} extra={order.outcome ? <Tag>{outcomeWords[order.outcome][lang]}</Tag> : null} style={{ marginTop: 16 }}>
          <p className="quoted">{order.reply}</p>
        </Card>
      ) : null}
      {order.rating ? (
        <Card title={w('rating')} style={{ marginTop: 16 }}>
          <Tag>{solvedWords[order.rating.solved][lang]}</Tag> {w('satisfaction', { score: order.rating.satisfaction })}
          {order.rating.comment ? <p className="quoted">{order.rating.comment}</p> : null}
        </Card>
      ) : null}
      <Card title={w('thread')} style={{ marginTop: 16 }}>
        <Timeline
          items={order.timeline.map((entry) => ({
            color: entry.action === 'overdue' || entry.action === 'urged' ? 'red' : 'blue',
            content: (
              <div key={entry.id}>
                <strong>{timelineText(entry.action, lang)}</strong>{' '}
                <span className="hint">
                  {entry.actorLabel} · {time.near(entry.at)}
                </span>
                {entry.text ? <p className="quoted">{entry.text}</p> : null}
                {entry.attachments.map((file) => (
                  <Button
                    key={file.id}
                    type="link"
                    size="small"
                    href={addressOf(workOrdersApi.downloadWorkOrderAttachment, {
                      params: { workOrderId: order.id, attachmentId: file.id },
                    })}
                    download
                  >
                    {file.fileName}
                  </Button>
                ))}
              </div>
            ),
          }))}
        />
      </Card>
    </>
  );
}

function Facts({ order }: { order: WorkOrderDetail }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const { enterprise, source } = order;
  const district = city.districts.find(({ code }) => code === enterprise.districtCode);
  const facts: [string, React.ReactNode][] = [
    [w('number'), order.number],
    [
      w('enterprise'),
      <Flex key="firm" vertical align="flex-start">
        {enterprise.name ?? w('hiddenName')}
        <span className="hint">
          {[lang === 'zh' ? district?.name : district?.nameEn, industryLabel(enterprise.industryCode, lang)].filter(Boolean).join(' · ')}
        </span>
        {order.actions.includes('lookAtReporter') ? <LookAtName workOrderId={order.id} /> : null}
      </Flex>,
    ],
    [w('matter'), order.matterName],
    [w('bureau'), order.bureauName ? `${order.bureauName}${order.handlerName ? ` · ${order.handlerName}` : ''}` : w('noFigure')],
    [w('source'), source.kind === 'survey' ? w('survey', { title: source.campaignTitle ?? '' }) : w(source.kind)],
  ];
  if (source.questionTitle) facts.push([w('question'), source.questionTitle]);
  if (order.extension) facts.push([w('days'), w('extension', { days: order.extension.requestedDays, reason: order.extension.reason })]);
  return (
    <Card title={w('facts')}>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Clocks({ order }: { order: WorkOrderDetail }) {
  const w = useWords(workOrderWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  return (
    <Card title={w('clocks')} style={{ marginTop: 16 }}>
      <dl className="facts">
        {order.clocks.map((clock) => (
          <div key={clock.kind} style={{ display: 'contents' }}>
            <dt>{clockWords[clock.kind][lang]}</dt>
            <dd>
              {clock.doneAt ? w('done', { at: time.near(clock.doneAt) }) : w('before', { at: time.near(clock.dueAt) })}{' '}
              {clock.isBreached ? <Tag color="error">{w('breached')}</Tag> : null}
              {clock.isProvisional ? <Tag title={w('provisionalHint')}>{w('provisional')}</Tag> : null}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
