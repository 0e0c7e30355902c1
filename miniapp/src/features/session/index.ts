import { systemClock } from '@suiban/shared/time';
import { ApiProblem } from '@/api/client';
import { deviceStorage } from '@/platform/storage';
import { useStore } from '../store';
import { createSessions } from './session';

export const sessions = createSessions(deviceStorage, () => systemClock.now());

export const useToken = (): string | null => useStore(sessions.store).main?.token ?? null;

/** The token for what belongs to a campaign: a personal link may see it as well. */
export function useTokenFor(campaignId: string | undefined, enterpriseId: string | undefined): string | null {
  const { main } = useStore(sessions.store);
  return campaignId && enterpriseId ? sessions.tokenFor(campaignId, enterpriseId) : (main?.token ?? null);
}

/** Runs a call with a token; a token that the server no longer knows is forgotten, so that the page asks for a sign-in. */
export async function withToken<T>(token: string, call: (token: string) => Promise<T>): Promise<T> {
  try {
    return await call(token);
  } catch (reason) {
    if (reason instanceof ApiProblem && reason.type === 'kernel:not-signed-in') sessions.drop(token);
    throw reason;
  }
}
