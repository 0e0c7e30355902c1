import { LinkedText, Said } from '../chat/bubble';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { NavBar } from '../chat/nav-bar';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';

/** A customer's WeChat: what a member of the city's staff sent out of WeCom, after confirming it. */
export function ContactChat({ threads, open, enter }: AppProps) {
  const word = useWords();
  const entries = threads.find(({ id }) => id === 'contact')?.entries ?? [];
  return (
    <div className="chat">
      <NavBar title={word('staffMember')} note={`@${word('ownCorp')}`} onBack={() => enter(null)} />
      <ChatScroll entries={entries} empty={word('emptyContact')}>
        {(entry) =>
          isMessage(entry) ? (
            <Said
              avatar={
                <span className="avatar" aria-hidden="true">
                  专
                </span>
              }
            >
              <p className="bubble">
                <LinkedText text={entry.body} onOpen={(link) => open(link, 'wechat')} />
              </p>
            </Said>
          ) : null
        }
      </ChatScroll>
    </div>
  );
}
