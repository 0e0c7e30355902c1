/**
 * What a page inside a phone's frame may ask of the phone: the part of WeChat that a browser lacks.
 *
 * The page posts `{suiban: 'phone', id, method, args}` to its parent and gets `{suiban: 'phone', id, result}` or
 * `{suiban: 'phone', id, error: {errCode, errMsg}}` back. It asks only when `window.parent !== window` and takes silence
 * for half a second as "no phone here".
 *
 * - `login` → `{code}`: what `wx.login` gives, good for `jscode2session`
 * - `getPhoneNumber` → `{code}`: what the phone number button gives
 * - `requestSubscribeMessage` `{tmplIds}` → `{[id]: 'accept' | 'reject'}`; the person is asked in a sheet
 * - `persona` → `{name, platform}`: whose phone it is and which app shows the page
 * - `close` → `{}`: back to the chat
 */
export const BRIDGE_MARK = 'phone';

export type BridgeMethod = 'login' | 'getPhoneNumber' | 'requestSubscribeMessage' | 'persona' | 'close';

export interface BridgeRequest {
  readonly suiban: typeof BRIDGE_MARK;
  readonly id: string;
  readonly method: BridgeMethod;
  readonly args?: { readonly tmplIds?: readonly string[] };
}

const METHODS: readonly string[] = ['login', 'getPhoneNumber', 'requestSubscribeMessage', 'persona', 'close'];

export function readBridgeRequest(value: unknown): BridgeRequest | null {
  if (typeof value !== 'object' || value === null) return null;
  const { suiban, id, method } = value as Record<string, unknown>;
  return suiban === BRIDGE_MARK && typeof id === 'string' && typeof method === 'string' && METHODS.includes(method)
    ? (value as BridgeRequest)
    : null;
}
