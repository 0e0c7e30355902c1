import { type ReactNode, useState } from 'react';
import { NavBar } from '../chat/nav-bar';
import { type Row, ThreadList } from '../chat/thread-list';
import { icons } from '../icons';
import type { AppProps } from '../phone/app-props';
import { useWords, type WordKey } from '../words';
import { NoticeMark, SuibanMark } from './marks';
import { OfficialProfile } from './official-profile';

const tabs = [
  { name: 'chats', icon: icons.chat, word: 'wechat' },
  { name: 'contacts', icon: icons.contacts, word: 'contacts' },
  { name: 'discover', icon: icons.compass, word: 'discover' },
] as const satisfies readonly { name: string; icon: ReactNode; word: WordKey }[];

type Tab = (typeof tabs)[number]['name'];

/** WeChat's first page: chats, contacts (the Official Account), discover (the mini-program). */
export function WechatHome(props: AppProps) {
  const word = useWords();
  const [tab, setTab] = useState<Tab>('chats');
  const [hasProfile, setProfile] = useState(false);
  if (hasProfile) return <OfficialProfile {...props} onBack={() => setProfile(false)} />;
  return (
    <div className="chat wechat-home">
      <NavBar title={word(tabs.find(({ name }) => name === tab)?.word ?? 'wechat')} />
      {tab === 'chats' ? <Chats {...props} /> : null}
      {tab === 'contacts' ? (
        <Entries>
          {props.view.official ? (
            <Entry
              mark={<SuibanMark />}
              name={word('officialName')}
              note={word(props.view.official.follows ? 'following' : 'notFollowing')}
              onOpen={() => setProfile(true)}
            />
          ) : (
            <li className="chat-empty">{word('noContacts')}</li>
          )}
        </Entries>
      ) : null}
      {tab === 'discover' ? (
        <Entries>
          <Entry mark={<SuibanMark />} name={word('miniName')} note={word('mini')} onOpen={() => props.open('', 'wechat')} />
        </Entries>
      ) : null}
      <nav className="tab-bar" aria-label={word('wechat')}>
        {tabs.map(({ name, icon, word: label }) => (
          <button key={name} type="button" aria-current={tab === name ? 'page' : undefined} onClick={() => setTab(name)}>
            {icon}
            {word(label)}
          </button>
        ))}
      </nav>
    </div>
  );
}

function Chats({ view, threads, unread, enter }: AppProps) {
  const word = useWords();
  const contactRow = (entries: Row['entries'], waiting: number): Row => ({
    id: 'contact',
    name: word('staffMember'),
    from: `@${word('ownCorp')}`,
    mark: (
      <span className="avatar" aria-hidden="true">
        专
      </span>
    ),
    entries,
    unread: waiting,
  });
  const rows = threads.flatMap(({ id, entries }): Row[] => {
    const unreadHere = unread.get(id) ?? 0;
    if (id === 'services') return [{ id, name: word('serviceNotices'), mark: <NoticeMark />, entries, unread: unreadHere }];
    if (id === 'contact') return [contactRow(entries, unreadHere)];
    // An account that is not followed stays in the list only while there is something to read.
    const isShown = id === 'official' && (view.official?.follows || entries.length > 0);
    return isShown ? [{ id, name: word('officialName'), mark: <SuibanMark />, entries, unread: unreadHere }] : [];
  });
  return <ThreadList rows={rows} onOpen={enter} empty={word('noWechat')} />;
}

function Entries({ children }: { children: ReactNode }) {
  return <ul className="entries">{children}</ul>;
}

function Entry({ mark, name, note, onOpen }: { mark: ReactNode; name: string; note: string; onOpen: () => void }) {
  return (
    <li>
      <button type="button" className="entry" onClick={onOpen}>
        {mark}
        <span>
          {name}
          <small>{note}</small>
        </span>
        {icons.chevron}
      </button>
    </li>
  );
}
