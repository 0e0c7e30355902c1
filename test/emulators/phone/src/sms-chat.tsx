import { ChatInput, type ChatProps, ChatScroll, isMessage } from './chat-parts';
import { deskClient } from './desk-client';
import { withLinks } from './links';
import { useWords } from './words';

/** One thread from the gateway's number; links open in the phone's browser. */
export function SmsChat({ persona, entries, act, open }: ChatProps) {
  const word = useWords();
  const hasMobile = persona?.mobile != null;
  return (
    <div className="chat chat-sms">
      <div className="chat-head">
        <h2>1069 0020 12345</h2>
        {persona?.mobile ? <small>{persona.mobile.replace(/(\d{3})(\d{4})(\d{4})/, '$1 $2 $3')}</small> : null}
      </div>
      <ChatScroll entries={entries ?? []} empty={hasMobile || !persona ? word('emptySms') : word('noSms')}>
        {(entry) =>
          isMessage(entry) ? (
            <p className="bubble sms-bubble">
              {withLinks(entry.body).map((part) =>
                part.isLink ? (
                  <button key={part.at} type="button" className="sms-link" onClick={() => open(part.text, 'sms')}>
                    {part.text}
                  </button>
                ) : (
                  <span key={part.at}>{part.text}</span>
                ),
              )}
            </p>
          ) : (
            <p className="bubble sms-bubble is-own">{entry.text}</p>
          )
        }
      </ChatScroll>
      {persona && hasMobile ? <ChatInput onSend={(text) => act(deskClient.say(persona.id, 'sms', text))} /> : null}
    </div>
  );
}
