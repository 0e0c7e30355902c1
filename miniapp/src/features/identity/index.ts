import { getMyself, type Myself, type PersonIdentity } from '@/api/identity';
import { deviceStorage } from '@/platform/storage';
import { type Loaded, useResource } from '../resource';
import { useToken, withToken } from '../session';
import { createStore, useStore } from '../store';
import { currentIdentity, identityKey } from './identity';

export { identityKey, identityName, isUnnamed } from './identity';

const key = 'identity';
const chosen = createStore<string | undefined>(undefined);

export function restoreIdentity(): void {
  const kept = deviceStorage.read(key);
  chosen.set(typeof kept === 'string' ? kept : undefined);
}

export function chooseIdentity(identity: PersonIdentity): void {
  chosen.set(identityKey(identity));
  deviceStorage.write(key, identityKey(identity));
}

export interface Who {
  token: string | null;
  me: Loaded<Myself>;
  identity: PersonIdentity | null;
  /** The firm acted for; undefined for a resident. */
  enterpriseId: string | undefined;
}

/** Who uses the app and as what. */
export function useWho(): Who {
  const token = useToken();
  const me = useResource(token, () => withToken(token ?? '', getMyself));
  const chosenKey = useStore(chosen);
  const identity = token && me.resource.state === 'ready' ? currentIdentity(me.resource.value, chosenKey) : null;
  return { token, me, identity, enterpriseId: identity?.kind === 'enterprise' ? identity.enterpriseId : undefined };
}
