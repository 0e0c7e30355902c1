import { AlipayApp } from '../alipay/alipay-app';
import { PersonaPicker } from '../desk/persona-picker';
import { usePhone } from '../desk/use-desk';
import type { PhoneView } from '../desk-client';
import { icons } from '../icons';
import { MailApp } from '../mail/mail-app';
import { SmsApp } from '../sms/sms-app';
import { type App, apps, soleThreadOf, type Thread, threadsOf } from '../threads';
import { WechatApp } from '../wechat/wechat-app';
import { WecomApp } from '../wecom/wecom-app';
import { useWords } from '../words';
import type { AppProps } from './app-props';
import { AppTabs } from './app-tabs';
import { StatusBar } from './status-bar';
import { SubscribePrompt } from './subscribe-prompt';
import { useHands } from './use-hands';
import { useUnread } from './use-unread';
import { WebView } from './web-view';

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
  const word = useWords();
  const threads = view ? threadsOf(view) : [];
  const present = apps.filter((candidate) => threads.some(({ app }) => app === candidate));
  const app = chosen ?? present[0] ?? 'wechat';
  const unread = useUnread(personaId, threads, opened ? null : (hands.thread ?? soleThreadOf(app)));
  const unreadOf = (candidate: App): number =>
    threads.filter((thread) => thread.app === candidate).reduce((sum, { id }) => sum + (unread.get(id) ?? 0), 0);
  const shown = { view, threads: threads.filter((thread) => thread.app === app), unread, ...hands };
  return (
    <section className="phone-place" aria-label={view?.persona.name ?? personaId}>
      <PersonaPicker current={view?.persona ?? null} onPick={onPersona} onRemove={onRemove} />
      <AppTabs
        slot={slot}
        app={app}
        unread={Object.fromEntries(apps.map((candidate) => [candidate, unreadOf(candidate)]))}
        absent={view ? apps.filter((candidate) => !present.includes(candidate)) : []}
        onPick={pick}
      />
      <div className="phone" role="tabpanel" id={`phone-${slot}`} aria-labelledby={`phone-${slot}-${app}`}>
        <div className={`phone-screen app-${app}`}>
          <StatusBar />
          {isFailed && !view ? <p className="phone-note">{word('failedLoad')}</p> : null}
          <div className="phone-app">
            <div className="phone-layer" {...(opened || asked ? INERT : {})}>
              <OpenApp app={app} {...shown} />
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

type Shown = Omit<AppProps, 'view'> & { readonly view: PhoneView | null; readonly threads: readonly Thread[] };

function OpenApp({ app, view, ...props }: Shown & { app: App }) {
  if (!view) return null;
  const shown = { view, ...props };
  if (app === 'wechat') return <WechatApp {...shown} />;
  if (app === 'wecom') return <WecomApp {...shown} />;
  if (app === 'alipay') return <AlipayApp {...shown} />;
  return app === 'sms' ? <SmsApp {...shown} /> : <MailApp {...shown} />;
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
