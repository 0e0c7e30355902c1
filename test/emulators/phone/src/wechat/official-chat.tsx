import { useState } from 'react';
import { LinkedText, Own, Said } from '../chat/bubble';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { MenuBar } from '../chat/menu-bar';
import { NavBar, NavButton } from '../chat/nav-bar';
import { NoticeCard } from '../chat/notice-card';
import { useMenu } from '../chat/use-menu';
import { deskClient, type MenuEntry, type ObservedMessage } from '../desk-client';
import { icons } from '../icons';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';
import { SuibanMark } from './marks';
import { OfficialProfile } from './official-profile';

/** The chat with the city's Official Account. */
export function OfficialChat(props: AppProps & { waiting: number }) {
  const { view, threads, act, open, enter, waiting } = props;
  const word = useWords();
  const [hasProfile, setProfile] = useState(false);
  const entries = threads.find(({ id }) => id === 'official')?.entries ?? [];
  const items = useMenu('wechat-official', null, entries.length);
  const { persona } = view;
  if (hasProfile) return <OfficialProfile {...props} onBack={() => setProfile(false)} />;
  const openLink = (link: string): void => open(link, 'wechat');
  const tap = (index: readonly number[], entry: MenuEntry): void => {
    void act(deskClient.tapMenu(persona.id, 'wechat-official', index));
    if (entry.type === 'view' && entry.url !== null) openLink(entry.url);
    if (entry.type === 'miniprogram' && entry.page !== null) openLink(entry.page);
  };
  return (
    <div className="chat">
      <NavBar
        title={word('officialName')}
        onBack={() => enter(null)}
        waiting={waiting}
        action={
          <NavButton label={word('profile')} onClick={() => setProfile(true)}>
            {icons.person}
          </NavButton>
        }
      />
      <ChatScroll entries={entries} empty={word('emptyOfficial')}>
        {(entry) => (isMessage(entry) ? <Body message={entry} onOpen={openLink} /> : <Own text={entry.text} name={persona.name} />)}
      </ChatScroll>
      {view.official?.follows ? (
        <MenuBar items={items} onTap={tap} onSend={(text) => act(deskClient.say(persona.id, 'wechat-official', text))} />
      ) : (
        <div className="follow-bar">
          <button type="button" onClick={() => void act(deskClient.follow(persona.id))}>
            {word('follow')}
          </button>
        </div>
      )}
    </div>
  );
}

function Body({ message, onOpen }: { message: ObservedMessage; onOpen: (link: string) => void }) {
  const word = useWords();
  const follow = (): void => {
    if (message.link) onOpen(message.link);
  };
  if (message.kind === 'fault') return <p className="chat-fault">{message.body}</p>;
  if (message.kind === 'template') {
    return <NoticeCard message={message} mark={<SuibanMark />} from={word('officialName')} opens={word('detail')} onOpen={follow} />;
  }
  return (
    <Said avatar={<SuibanMark />}>
      {message.kind === 'text' ? <Words message={message} onOpen={onOpen} /> : <LinkCard message={message} onOpen={follow} />}
    </Said>
  );
}

function Words({ message, onOpen }: { message: ObservedMessage; onOpen: (link: string) => void }) {
  return (
    <p className="bubble">
      <LinkedText text={message.body} onOpen={onOpen} />
    </p>
  );
}

/** `news`: title, summary, picture place. `miniprogrampage`: the mini-program's card. */
function LinkCard({ message, onOpen }: { message: ObservedMessage; onOpen: () => void }) {
  const word = useWords();
  const isMini = message.kind === 'miniprogrampage';
  return (
    <button type="button" className={`link-card ${isMini ? 'is-mini' : ''}`} onClick={onOpen}>
      {isMini ? (
        <span className="link-from">
          <SuibanMark />
          {word('miniName')}
        </span>
      ) : null}
      <b>{message.title}</b>
      <span className="link-body">
        <span className="link-text">{message.body}</span>
        <span className="link-picture" aria-hidden="true">
          {isMini ? <PageInSmall /> : icons.form}
        </span>
      </span>
      {isMini ? (
        <span className="link-foot">
          {icons.link}
          {word('mini')}
        </span>
      ) : null}
    </button>
  );
}

function PageInSmall() {
  return (
    <>
      <i />
      <i />
      <i />
      <i />
    </>
  );
}
