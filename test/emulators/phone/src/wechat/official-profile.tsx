import { NavBar } from '../chat/nav-bar';
import { deskClient } from '../desk-client';
import type { AppProps } from '../phone/app-props';
import { useWords } from '../words';
import { SuibanMark } from './marks';

/** The account's page: who it is, follow, enter, leave. */
export function OfficialProfile({ view, act, enter, onBack }: AppProps & { onBack: () => void }) {
  const word = useWords();
  const { persona, official } = view;
  const follow = async (): Promise<void> => {
    if (await act(deskClient.follow(persona.id))) enter('official');
  };
  return (
    <div className="chat official-profile">
      <NavBar title="" onBack={onBack} />
      <div className="profile-head">
        <SuibanMark isLarge />
        <h3>{word('officialName')}</h3>
        <p>{word('officialKind')}</p>
      </div>
      <p className="profile-about">{word('officialAbout')}</p>
      <div className="profile-actions">
        {official?.follows ? (
          <>
            <button type="button" className="is-main" onClick={() => enter('official')}>
              {word('enterOfficial')}
            </button>
            <button type="button" onClick={() => void act(deskClient.unfollow(persona.id))}>
              {word('unfollow')}
            </button>
          </>
        ) : (
          <button type="button" className="is-main" onClick={() => void follow()}>
            {word('follow')}
          </button>
        )}
      </div>
    </div>
  );
}
