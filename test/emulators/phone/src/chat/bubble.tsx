import type { ReactNode } from 'react';
import { withLinks } from '../text-parts';
import { useWords } from '../words';

/** One side of a chat: the avatar, and beside it what was said. */
export function Said({ avatar, isOwn = false, children }: { avatar: ReactNode; isOwn?: boolean; children: ReactNode }) {
  return (
    <div className={`bubble-row ${isOwn ? 'is-own' : ''}`}>
      {isOwn ? null : avatar}
      {children}
      {isOwn ? avatar : null}
    </div>
  );
}

/** A text whose links open in the phone. */
export function LinkedText({ text, onOpen }: { text: string; onOpen: (link: string) => void }) {
  return (
    <>
      {withLinks(text).map(({ at, link, text: words }) =>
        link === null ? (
          <span key={at}>{words}</span>
        ) : (
          <button key={at} type="button" className="text-link" onClick={() => onOpen(link)}>
            {words}
          </button>
        ),
      )}
    </>
  );
}

/** The emulators write what was tapped as `〔菜单〕我的诉求`: no bubble, for the person said nothing. */
const DEED = /^〔(.+?)〕(.*)$/s;

/** The person's own side: what they said, or in small letters what they did. */
export function Own({ text, name }: { text: string; name: string }) {
  const word = useWords();
  const deed = DEED.exec(text);
  if (deed) {
    return (
      <p className="chat-deed">
        <span className="visually-hidden">{word('you')}</span>
        {[deed[1], deed[2]].filter(Boolean).join(' · ')}
      </p>
    );
  }
  return (
    <Said
      isOwn
      avatar={
        <span className="avatar" aria-hidden="true">
          {name.slice(0, 1)}
        </span>
      }
    >
      <p className="bubble">{text}</p>
    </Said>
  );
}
