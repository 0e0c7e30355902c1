import { useState } from 'react';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { ConsentList } from '../chat/consent-list';
import { NavBar, NavButton } from '../chat/nav-bar';
import { NoticeCard } from '../chat/notice-card';
import { deskClient } from '../desk-client';
import { icons } from '../icons';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';
import { SuibanMark } from './marks';

/** WeChat's 服务通知: one card per subscription message, and what the person allowed behind the bell. */
export function ServiceNotices({ view, threads, act, open, ask, enter, waiting }: AppProps & { waiting: number }) {
  const word = useWords();
  const [isConsent, setConsent] = useState(false);
  const entries = threads.find(({ id }) => id === 'services')?.entries ?? [];
  if (isConsent) {
    return (
      <div className="chat">
        <NavBar title={word('consent')} onBack={() => setConsent(false)} />
        <ConsentList
          templates={view.templates}
          onAllow={(template) => void ask([template]).catch(() => undefined)}
          onTurnOff={(template) => void act(deskClient.turnOff(view.persona.id, template.id))}
        />
      </div>
    );
  }
  return (
    <div className="chat">
      <NavBar
        title={word('serviceNotices')}
        onBack={() => enter(null)}
        waiting={waiting}
        action={
          <NavButton label={word('consent')} onClick={() => setConsent(true)}>
            {icons.bell}
          </NavButton>
        }
      />
      <ChatScroll entries={entries} empty={word('emptyWechat')}>
        {(entry) =>
          isMessage(entry) ? (
            <NoticeCard
              message={entry}
              mark={<SuibanMark />}
              from={word('miniName')}
              opens={word('viewInMini')}
              onOpen={() => entry.link && open(entry.link, 'wechat')}
            />
          ) : null
        }
      </ChatScroll>
    </div>
  );
}
