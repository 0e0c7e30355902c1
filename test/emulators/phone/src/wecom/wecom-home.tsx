import { type ReactNode, useState } from 'react';
import { NavBar } from '../chat/nav-bar';
import { type Row, ThreadList } from '../chat/thread-list';
import { deskClient } from '../desk-client';
import { icons } from '../icons';
import type { AppProps } from '../phone/app-props';
import { useWords, type WordKey } from '../words';
import { AssistantMark } from './marks';

const tabs = [
  { name: 'messages', icon: icons.chat, word: 'messages' },
  { name: 'workbench', icon: icons.grid, word: 'workbench' },
] as const satisfies readonly { name: string; icon: ReactNode; word: WordKey }[];

/** WeCom's first page: messages, and the applications of the corp. */
export function WecomHome(props: AppProps) {
  const { view, act, enter } = props;
  const word = useWords();
  const [tab, setTab] = useState<(typeof tabs)[number]['name']>('messages');
  const { persona } = view;
  const openApplication = (): void => {
    void act(deskClient.enter(persona.id));
    enter('assistant');
  };
  return (
    <div className="chat wecom-home">
      <NavBar title={word(tab)} note={persona.wecom ? corpName(persona.wecom.corpId, word) : ''} />
      {tab === 'messages' ? <Messages {...props} /> : null}
      {tab === 'workbench' ? (
        <div className="app-grid">
          {persona.wecom ? (
            <button type="button" onClick={openApplication}>
              <AssistantMark />
              {word('assistant')}
            </button>
          ) : (
            <p className="chat-empty">{word('noWecom')}</p>
          )}
        </div>
      ) : null}
      <nav className="tab-bar" aria-label={word('wecom')}>
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

export const corpName = (corpId: string, word: (key: WordKey) => string): string =>
  corpId.startsWith('ww0000') ? word('ownCorp') : word('joinedCorp');

function Messages({ view, threads, unread, enter }: AppProps) {
  const word = useWords();
  const tasks = view.tasks ?? [];
  const waiting = tasks.filter(({ state }) => state === 'waiting').length;
  const rows = threads.map(
    ({ id, entries }): Row => ({
      id,
      name: word('assistant'),
      from: word('application'),
      mark: <AssistantMark />,
      entries,
      unread: unread.get(id) ?? 0,
    }),
  );
  const [newest] = tasks;
  if (newest) {
    rows.push({
      id: 'tasks',
      name: word('customerTasks'),
      mark: (
        <span className="tasks-mark" aria-hidden="true">
          {icons.megaphone}
        </span>
      ),
      entries: [{ at: newest.at, own: true, text: waiting > 0 ? `${waiting} ${word('tasksWait')}` : word('tasksDone') }],
      unread: waiting,
    });
  }
  return <ThreadList rows={rows} onOpen={enter} empty={word('noWecom')} />;
}
