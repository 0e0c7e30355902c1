import { useState } from 'react';
import { type ChatProps, ChatScroll, isMessage } from './chat-parts';
import { deskClient, type ObservedMessage } from './desk-client';
import { icons } from './icons';
import { useWords } from './words';

/** WeChat's 服务通知: one card per subscription message, and the mini-program behind it. */
export function WechatChat({ persona, templates, entries, act, open, ask }: ChatProps) {
  const word = useWords();
  const [isConsent, setConsent] = useState(false);
  const hasWechat = persona?.openid != null;
  return (
    <div className="chat chat-wechat">
      <div className="chat-head">
        <h2>{isConsent ? word('consent') : word('serviceNotices')}</h2>
      </div>
      {isConsent && persona ? (
        <ConsentList persona={persona.id} templates={templates} act={act} ask={ask} />
      ) : (
        <ChatScroll entries={entries ?? []} empty={hasWechat || !persona ? word('emptyWechat') : word('noWechat')}>
          {(entry) => (isMessage(entry) ? <ServiceCard message={entry} onOpen={() => entry.link && open(entry.link, 'wechat')} /> : null)}
        </ChatScroll>
      )}
      {hasWechat ? (
        <nav className="chat-menu">
          <button type="button" onClick={() => open('', 'wechat')}>
            {icons.grid}
            {word('openMini')}
          </button>
          <button type="button" aria-pressed={isConsent} onClick={() => setConsent(!isConsent)}>
            {icons.bell}
            {isConsent ? word('serviceNotices') : word('consent')}
          </button>
        </nav>
      ) : null}
    </div>
  );
}

function ServiceCard({ message, onOpen }: { message: ObservedMessage; onOpen: () => void }) {
  const word = useWords();
  return (
    <button type="button" className="service-card" onClick={onOpen} disabled={!message.link}>
      <span className="service-from">
        <span className="mini-mark" aria-hidden="true">
          随
        </span>
        {word('miniName')}
        {icons.more}
      </span>
      <span className="service-title">{message.title}</span>
      <span className="service-fields">
        {message.fields.map(({ name, value }) => (
          <span key={name}>
            <i>{name}</i>
            <b>{value}</b>
          </span>
        ))}
      </span>
      <span className="service-open">
        {word('viewInMini')}
        {icons.chevron}
      </span>
    </button>
  );
}

function ConsentList({ persona, templates, act, ask }: { persona: string } & Pick<ChatProps, 'templates' | 'act' | 'ask'>) {
  const word = useWords();
  return (
    <ul className="consent-list">
      {templates.map((template) => (
        <li key={template.id}>
          <b>{template.title}</b>
          <small>
            {template.type === 3 ? word('longTerm') : word('once')}
            {template.type === 2 ? ` · ${word('left')} ${template.left} ${word('times')}` : template.left > 0 ? ` · ${word('allow')}` : ''}
          </small>
          <span className="consent-actions">
            <button type="button" onClick={() => void ask([template]).catch(() => undefined)}>
              {template.type === 3 ? word('allowLong') : word('allowMore')}
            </button>
            <button type="button" disabled={template.left === 0} onClick={() => void act(deskClient.turnOff(persona, template.id))}>
              {word('turnOff')}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}
