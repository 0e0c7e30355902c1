import type { PersonSession } from '@/api/identity';
import type { Storage } from '@/platform/storage';
import { createStore } from '../store';

/**
 * Sign-ins on this device. `main` is the person's own. A personal link (SMS) opens a session that can only answer one
 * campaign as one enterprise; it is kept beside `main` and used for that campaign alone, so that opening a link
 * neither signs anybody out nor shows one person's matters to another.
 */
export interface Sessions {
  main: Kept | null;
  links: readonly (Kept & { campaignId: string; enterpriseId: string })[];
}
interface Kept {
  token: string;
  expiresAt: string;
}

const key = 'sessions';
const keptLinks = 5;
const empty: Sessions = { main: null, links: [] };

export function createSessions(storage: Storage, now: () => Date) {
  const store = createStore<Sessions>(empty);
  const isAlive = (each: Kept) => Date.parse(each.expiresAt) > now().getTime();
  const save = (next: Sessions) => {
    store.set(next);
    storage.write(key, next);
  };
  return {
    store,
    restore() {
      const kept = storage.read(key) as Partial<Sessions> | undefined;
      store.set({ main: kept?.main && isAlive(kept.main) ? kept.main : null, links: (kept?.links ?? []).filter(isAlive) });
    },
    start({ token, expiresAt, me }: PersonSession) {
      const { main, links } = store.get();
      if (!me.scope) return save({ main: { token, expiresAt }, links });
      const scope = me.scope;
      const others = links.filter((each) => each.campaignId !== scope.campaignId || each.enterpriseId !== scope.enterpriseId);
      save({ main, links: [{ token, expiresAt, ...scope }, ...others].slice(0, keptLinks) });
    },
    /** The token to use for a campaign: a link's own where there is one, else the person's. */
    tokenFor(campaignId: string, enterpriseId: string): string | null {
      const link = store.get().links.find((each) => each.campaignId === campaignId && each.enterpriseId === enterpriseId);
      return link && isAlive(link) ? link.token : (store.get().main?.token ?? null);
    },
    /** Forgets a token that the server no longer knows. */
    drop(token: string) {
      const { main, links } = store.get();
      save({ main: main?.token === token ? null : main, links: links.filter((each) => each.token !== token) });
    },
  };
}
