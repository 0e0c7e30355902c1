import { FileDoneOutlined, FileTextOutlined, SendOutlined } from '@ant-design/icons';
import { type ConversationContext, type ConversationDetail, conversationsApi } from '@suiban/shared/api/conversations';
import { Empty, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useRead } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { useSession } from '../../layout/session';
import { LineList } from '../../ui/line-list';
import { usePlaceNames } from '../../ui/place-names';
import { ProblemAlert } from '../../ui/problem-alert';
import { useTimeText } from '../../ui/time-text';
import { channelText, conversationWords } from './conversations.words';

type Event = ConversationContext['events'][number];

/** Who writes, for whom, and what the city has with these firms already. */
export function Facts({ conversation, refetchMs }: { conversation: ConversationDetail; refetchMs: number | false }) {
  const w = useWords(conversationWords);
  const { lang } = useLanguage();
  const { city, may } = useSession();
  const names = usePlaceNames();
  const context = useRead(conversationsApi.getConversationContext, { params: { conversationId: conversation.id } }, { refetchMs });
  const district = city.districts.find(({ code }) => code === conversation.districtCode);
  const rows: [string, ReactNode][] = [
    [w('who'), conversation.peerLabel],
    [w('channel'), channelText(conversation.channel, lang)],
    [
      w('firms'),
      conversation.enterprises.length > 0 ? (
        <ul key="firms" className="plain-list">
          {conversation.enterprises.map(({ id, name }) => (
            <li key={id}>{may('enterprises.read') ? <Link to={`/enterprises/${id}`}>{name}</Link> : name}</li>
          ))}
        </ul>
      ) : (
        w('unbound')
      ),
    ],
    ...(district ? [[w('district'), lang === 'zh' ? district.name : district.nameEn] as [string, ReactNode]] : []),
    [w('bureauOf'), names.bureau(conversation.bureauId) ?? conversation.bureauName],
  ];
  return (
    <aside className="talk-facts" aria-label={w('facts')}>
      <h2>{w('facts')}</h2>
      <dl className="facts">
        {rows.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h2>{w('events')}</h2>
      <ProblemAlert problem={context.error} onRetry={() => void context.refetch()} />
      {context.isPending ? <Skeleton active title={false} paragraph={{ rows: 4 }} /> : null}
      {context.data?.events.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w(conversation.enterprises.length > 0 ? 'noEvents' : 'noFirm')} />
      ) : null}
      <LineList
        items={context.data?.events ?? []}
        step={12}
        itemKey={({ kind, at }, index) => `${kind} ${at} ${index}`}
        render={(event) => <Beside event={event} hasSeveralFirms={conversation.enterprises.length > 1} />}
      />
    </aside>
  );
}

const icons: Readonly<Record<Event['kind'], ReactNode>> = {
  delivery: <SendOutlined aria-hidden="true" />,
  submission: <FileDoneOutlined aria-hidden="true" />,
  'work-order': <FileTextOutlined aria-hidden="true" />,
};

const pathOf = ({ kind, id }: NonNullable<Event['link']>): string => (kind === 'campaign' ? `/campaigns/${id}` : `/work-orders/${id}`);

function Beside({ event, hasSeveralFirms }: { event: Event; hasSeveralFirms: boolean }) {
  const w = useWords(conversationWords);
  const time = useTimeText();
  return (
    <div className="talk-beside">
      <span className="hint">
        {icons[event.kind]} {w(event.kind)} · {time.near(event.at)}
      </span>
      {event.link ? <Link to={pathOf(event.link)}>{event.title}</Link> : <span>{event.title}</span>}
      <span className="hint">
        {event.note}
        {hasSeveralFirms ? ` · ${event.enterpriseName}` : ''}
      </span>
    </div>
  );
}
