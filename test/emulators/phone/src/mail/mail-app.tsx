import { LinkedText } from '../chat/bubble';
import { ChatTime, isMessage, SCROLLS_BY_KEY, shortTime } from '../chat/chat-scroll';
import { NavBar } from '../chat/nav-bar';
import type { ObservedMessage } from '../desk-client';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';

const senderOf = (message: ObservedMessage): string => message.fields.find(({ name }) => name === 'from')?.value ?? message.account;

/** The inbox, newest first, and one mail over it. */
export function MailApp({ threads, thread, enter, open }: AppProps) {
  const word = useWords();
  const [box] = threads;
  const mails = (box?.entries ?? []).filter(isMessage).reverse();
  const shown = mails.find(({ seq }) => String(seq) === thread);
  if (shown) {
    return (
      <div className="chat">
        <NavBar title={word('mail')} onBack={() => enter(null)} />
        <article className="mail-letter" {...SCROLLS_BY_KEY}>
          <h3>{shown.title}</h3>
          <p className="mail-from">
            {senderOf(shown)}
            <small>{`${word('to')} ${shown.recipient}`}</small>
          </p>
          <ChatTime at={shown.at} />
          <p className="mail-body">
            <LinkedText text={shown.body} onOpen={(link) => open(link, 'mail')} />
          </p>
        </article>
      </div>
    );
  }
  return (
    <div className="chat">
      <NavBar title={word('inbox')} />
      <section className="thread-scroll" {...SCROLLS_BY_KEY} aria-label={word('inbox')}>
        {mails.length === 0 ? <p className="chat-empty">{word(box ? 'emptyMail' : 'noMail')}</p> : null}
        <ul className="mail-list">
          {mails.map((mail) => (
            <li key={mail.seq}>
              <button type="button" onClick={() => enter(String(mail.seq))}>
                <b>{senderOf(mail)}</b>
                <time dateTime={mail.at}>{shortTime(mail.at, word('yesterday'))}</time>
                <span>{mail.title}</span>
                <small>{mail.body.replace(/\s+/g, ' ')}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
