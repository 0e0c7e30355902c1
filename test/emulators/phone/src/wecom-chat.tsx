import { ChatInput, type ChatProps, ChatScroll, isMessage } from './chat-parts';
import { deskClient, type ObservedMessage } from './desk-client';
import { TemplateCard } from './template-card';
import { useWords } from './words';

/** The chat with the city's app in WeCom: texts, text cards, and cards that are answered where they stand. */
export function WecomChat({ persona, entries, act, open }: ChatProps) {
  const word = useWords();
  const member = persona?.wecom;
  const corp = member?.corpId.startsWith('ww0000') ? word('ownCorp') : word('joinedCorp');
  return (
    <div className="chat chat-wecom">
      <div className="chat-head">
        <h2>{word('assistant')}</h2>
        {member ? <small>{`${corp} · ${member.userId}`}</small> : null}
      </div>
      <ChatScroll entries={entries ?? []} empty={member || !persona ? word('emptyWecom') : word('noWecom')}>
        {(entry) =>
          isMessage(entry) ? (
            <div className="bubble-row">
              <span className="avatar avatar-app" aria-hidden="true">
                惠
              </span>
              <Body
                message={entry}
                onOpen={() => entry.link && open(entry.link, 'wecom')}
                onAnswer={(answer) => act(deskClient.answerCard(persona?.id ?? '', entry.seq, answer))}
              />
            </div>
          ) : (
            <div className="bubble-row is-own">
              <p className="bubble">{entry.text}</p>
              <span className="avatar" aria-hidden="true">
                {persona?.name.slice(0, 1)}
              </span>
            </div>
          )
        }
      </ChatScroll>
      {member && persona ? <ChatInput onSend={(text) => act(deskClient.say(persona.id, 'wecom', text))} /> : null}
    </div>
  );
}

function Body({
  message,
  onOpen,
  onAnswer,
}: {
  message: ObservedMessage;
  onOpen: () => void;
  onAnswer: (answer: object) => Promise<boolean>;
}) {
  if (message.card) return <TemplateCard message={message} onOpen={onOpen} onAnswer={onAnswer} />;
  if (message.kind !== 'textcard') return <p className="bubble">{message.body}</p>;
  return (
    <button type="button" className="text-card" onClick={onOpen}>
      <b>{message.title}</b>
      <span>{message.body}</span>
      <i>{message.buttonText}</i>
    </button>
  );
}
