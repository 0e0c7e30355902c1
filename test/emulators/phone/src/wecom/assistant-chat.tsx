import { LinkedText, Own, Said } from '../chat/bubble';
import { ChatScroll, isMessage } from '../chat/chat-scroll';
import { MenuBar } from '../chat/menu-bar';
import { NavBar } from '../chat/nav-bar';
import { useMenu } from '../chat/use-menu';
import { deskClient, type MenuEntry, type ObservedMessage } from '../desk-client';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';
import { AssistantMark } from './marks';
import { TemplateCard } from './template-card';
import { corpName } from './wecom-home';

/** The chat with the city's application: texts, text cards, and cards that are answered where they stand. */
export function AssistantChat({ view, threads, act, open, enter }: AppProps) {
  const word = useWords();
  const { persona } = view;
  const entries = threads.find(({ id }) => id === 'assistant')?.entries ?? [];
  const items = useMenu('wecom', persona.wecom?.corpId ?? null, entries.length);
  const tap = (index: readonly number[], entry: MenuEntry): void => {
    void act(deskClient.tapMenu(persona.id, 'wecom', index));
    if (entry.url !== null) open(entry.url, 'wecom');
  };
  return (
    <div className="chat">
      <NavBar
        title={word('assistant')}
        note={persona.wecom ? `${corpName(persona.wecom.corpId, word)} · ${persona.wecom.userId}` : ''}
        onBack={() => enter(null)}
      />
      <ChatScroll entries={entries} empty={word('emptyWecom')}>
        {(entry) =>
          isMessage(entry) ? (
            <Said avatar={<AssistantMark />}>
              <Body
                message={entry}
                onOpen={(link) => open(link, 'wecom')}
                onAnswer={(answer) => act(deskClient.answerCard(persona.id, entry.seq, answer))}
              />
            </Said>
          ) : (
            <Own text={entry.text} name={persona.name} />
          )
        }
      </ChatScroll>
      <MenuBar items={items} onTap={tap} onSend={(text) => act(deskClient.say(persona.id, 'wecom', text))} />
    </div>
  );
}

interface BodyProps {
  readonly message: ObservedMessage;
  readonly onOpen: (link: string) => void;
  readonly onAnswer: (answer: object) => Promise<boolean>;
}

function Body({ message, onOpen, onAnswer }: BodyProps) {
  const word = useWords();
  const follow = (): void => {
    if (message.link) onOpen(message.link);
  };
  if (message.card) return <TemplateCard message={message} onOpen={follow} onAnswer={onAnswer} />;
  if (message.kind === 'textcard' || message.kind === 'news') {
    return (
      <button type="button" className="text-card" onClick={follow}>
        <b>{message.title}</b>
        <span>{message.body}</span>
        <i>{message.buttonText ?? word('detail')}</i>
      </button>
    );
  }
  return (
    <p className="bubble">
      <LinkedText text={message.body} onOpen={onOpen} />
    </p>
  );
}
