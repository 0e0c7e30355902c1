import { useState } from 'react';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { ConsentList } from '../chat/consent-list';
import { NavBar, NavButton } from '../chat/nav-bar';
import { NoticeCard } from '../chat/notice-card';
import { deskClient } from '../desk-client';
import { icons } from '../icons';
import type { AppProps } from '../phone/app-props';
import { SuibanMark } from '../wechat/marks';
import { useWords } from '../words';

/** Alipay's 服务消息: one card per template message, what was allowed behind the bell, the mini-program at the foot. */
export function AlipayApp({ view, threads, act, open, ask }: AppProps) {
  const word = useWords();
  const [isConsent, setConsent] = useState(false);
  const [thread] = threads;
  if (isConsent && view.alipay) {
    return (
      <div className="chat">
        <NavBar title={word('consent')} onBack={() => setConsent(false)} />
        <ConsentList
          templates={view.alipay.templates}
          onAllow={(template) => void ask([template], 'alipay').catch(() => undefined)}
          onTurnOff={(template) => void act(deskClient.alipayTurnOff(view.persona.id, template.id))}
        />
      </div>
    );
  }
  return (
    <div className="chat">
      <NavBar
        title={word('alipayMessages')}
        action={
          view.alipay ? (
            <NavButton label={word('consent')} onClick={() => setConsent(true)}>
              {icons.bell}
            </NavButton>
          ) : null
        }
      />
      <ChatScroll entries={thread?.entries ?? []} empty={word(thread ? 'emptyAlipay' : 'noAlipay')}>
        {(entry) =>
          isMessage(entry) ? (
            <NoticeCard
              message={entry}
              mark={<SuibanMark />}
              from={word('miniName')}
              opens={word('viewDetail')}
              onOpen={() => entry.link && open(entry.link, 'alipay')}
            />
          ) : null
        }
      </ChatScroll>
      {thread ? (
        <nav className="app-foot" aria-label={word('mini')}>
          <button type="button" onClick={() => open('', 'alipay')}>
            {icons.grid}
            {word('openMini')}
          </button>
        </nav>
      ) : null}
    </div>
  );
}
