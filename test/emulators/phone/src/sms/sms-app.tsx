import { LinkedText } from '../chat/bubble';
import { ChatInput } from '../chat/chat-input';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { NavBar } from '../chat/nav-bar';
import { deskClient } from '../desk-client';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';

/** One thread from the gateway's number; links open in the phone's browser. */
export function SmsApp({ view, threads, act, open }: AppProps) {
  const word = useWords();
  const [thread] = threads;
  const { persona } = view;
  return (
    <div className="chat">
      <NavBar title="1069 0020 12345" note={persona.mobile?.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3') ?? ''} />
      <ChatScroll entries={thread?.entries ?? []} empty={word(thread ? 'emptySms' : 'noSms')}>
        {(entry) =>
          isMessage(entry) ? (
            <p className="bubble sms-bubble">
              <LinkedText text={entry.body} onOpen={(link) => open(link, 'sms')} />
            </p>
          ) : (
            <p className="bubble sms-bubble is-own">{entry.text}</p>
          )
        }
      </ChatScroll>
      {thread ? <ChatInput onSend={(text) => act(deskClient.say(persona.id, 'sms', text))} /> : null}
    </div>
  );
}
