import { useEffect, useRef, useState } from 'react';
import type { ChatProps } from './chat-parts';
import type { ObservedMessage, PhoneView, Platform } from './desk-client';
import { AppMark, icons } from './icons';
import { PersonaPicker } from './persona-picker';
import { SmsChat } from './sms-chat';
import { SubscribePrompt } from './subscribe-prompt';
import { usePhone } from './use-desk';
import { useHands } from './use-hands';
import { WebView } from './web-view';
import { WechatChat } from './wechat-chat';
import { WecomChat } from './wecom-chat';
import { useWords } from './words';

const APPS: readonly Platform[] = ['wechat', 'wecom', 'sms'];

/** What lies under a page or a sheet takes no focus; React 18 knows the attribute only as text. */
const INERT: Readonly<Record<string, string>> = { inert: '' };

interface PhoneProps {
  readonly slot: number;
  readonly personaId: string;
  readonly tick: number;
  readonly target: string | null;
  readonly onPersona: (id: string) => void;
  readonly onRemove: (() => void) | null;
  readonly onActed: () => void;
}

export function Phone({ slot, personaId, tick, target, onPersona, onRemove, onActed }: PhoneProps) {
  const { loaded: view, isFailed } = usePhone(personaId, tick);
  const { chosen, opened, asked, problem, pick, setOpened, setProblem, ...hands } = useHands(personaId, target, onActed);
  const app = chosen ?? APPS.find((candidate) => view?.chats[candidate]) ?? 'wechat';
  const unread = useUnread(personaId, view?.chats ?? {}, opened ? null : app);
  const word = useWords();
  const absent = view ? APPS.filter((candidate) => !view.chats[candidate]) : [];
  return (
    <section className="phone-place" aria-label={view?.persona.name ?? personaId}>
      <PersonaPicker current={view?.persona ?? null} onPick={onPersona} onRemove={onRemove} />
      <AppTabs slot={slot} app={app} unread={unread} absent={absent} onPick={pick} />
      <div className="phone" role="tabpanel" id={`phone-${slot}`} aria-labelledby={`phone-${slot}-${app}`}>
        <div className="phone-screen">
          <StatusBar />
          {isFailed && !view ? <p className="phone-note">{word('failedLoad')}</p> : null}
          <div className="phone-app">
            <div className="phone-layer" {...(opened || asked ? INERT : {})}>
              <Chat app={app} view={view} {...hands} />
            </div>
            {opened && view ? <WebView opened={opened} slot={slot} view={view} ask={hands.ask} onClose={() => setOpened(null)} /> : null}
            {asked ? <SubscribePrompt asked={asked} /> : null}
            {problem ? <Toast text={`${word('failedAct')}${problem}`} onClose={() => setProblem(null)} /> : null}
          </div>
          <span className="home-bar" aria-hidden="true" />
        </div>
      </div>
    </section>
  );
}

function Chat({ app, view, ...hands }: { app: Platform; view: PhoneView | null } & Pick<ChatProps, 'act' | 'open' | 'ask'>) {
  const chat = { persona: view?.persona ?? null, templates: view?.templates ?? [], entries: view?.chats[app] ?? null, ...hands };
  if (app === 'wechat') return <WechatChat {...chat} />;
  return app === 'wecom' ? <WecomChat {...chat} /> : <SmsChat {...chat} />;
}

function Toast({ text, onClose }: { text: string; onClose: () => void }) {
  const word = useWords();
  return (
    <div className="phone-toast" role="alert">
      <span>{text}</span>
      <button type="button" aria-label={word('close')} onClick={onClose}>
        {icons.close}
      </button>
    </div>
  );
}

interface TabsProps {
  readonly slot: number;
  readonly app: Platform;
  readonly unread: Partial<Record<Platform, number>>;
  /** Apps this person does not have. */
  readonly absent: readonly Platform[];
  readonly onPick: (app: Platform) => void;
}

function AppTabs({ slot, app, unread, absent, onPick }: TabsProps) {
  const word = useWords();
  const move = (by: number): void => {
    const next = APPS[(APPS.indexOf(app) + by + APPS.length) % APPS.length] ?? app;
    onPick(next);
    document.getElementById(`phone-${slot}-${next}`)?.focus();
  };
  return (
    <div className="app-tabs" role="tablist" aria-label={word('title')}>
      {APPS.map((candidate) => (
        <button
          key={candidate}
          id={`phone-${slot}-${candidate}`}
          type="button"
          role="tab"
          className={absent.includes(candidate) ? 'is-absent' : ''}
          aria-selected={candidate === app}
          aria-controls={`phone-${slot}`}
          tabIndex={candidate === app ? 0 : -1}
          onClick={() => onPick(candidate)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowRight') move(1);
            if (event.key === 'ArrowLeft') move(-1);
          }}
        >
          <AppMark app={candidate} />
          {word(candidate)}
          {unread[candidate] ? (
            <span className="badge">
              {unread[candidate] > 99 ? '99+' : unread[candidate]}
              <span className="visually-hidden">{word('unread')}</span>
            </span>
          ) : null}
        </button>
      ))}
    </div>
  );
}

function StatusBar() {
  const [now, setNow] = useState(() => clockText());
  useEffect(() => {
    const timer = setInterval(() => setNow(clockText()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="status-bar" aria-hidden="true">
      <span>{now}</span>
      <i className="island" />
      <span className="status-icons">
        {icons.signal}
        {icons.wifi}
        <i className="battery" />
      </span>
    </div>
  );
}

const clockText = (): string =>
  new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', hour12: false }).format(
    performance.timeOrigin + performance.now(),
  );

/** Messages after the newest one the person has had on screen, per app. */
function useUnread(
  personaId: string,
  chats: Partial<Record<Platform, readonly object[]>>,
  watching: Platform | null,
): Partial<Record<Platform, number>> {
  const seen = useRef(new Map<string, number>());
  const unread: Partial<Record<Platform, number>> = {};
  for (const app of APPS) {
    const messages = (chats[app] ?? []).filter((entry): entry is ObservedMessage => 'seq' in entry);
    const key = `${personaId}:${app}`;
    const last = messages.at(-1)?.seq ?? 0;
    if (app === watching || last < (seen.current.get(key) ?? 0)) seen.current.set(key, last);
    const after = seen.current.get(key) ?? 0;
    unread[app] = messages.filter((message) => message.seq > after).length;
  }
  return unread;
}
