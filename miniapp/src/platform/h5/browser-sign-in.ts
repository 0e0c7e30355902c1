import type { Platform } from '../port';

/** WeCom's browser says both. */
const clientOf = (userAgent: string): 'wecom' | 'wechat-official' | undefined => {
  if (/wxwork/i.test(userAgent)) return 'wecom';
  return /MicroMessenger/i.test(userAgent) ? 'wechat-official' : undefined;
};

/**
 * Inside WeChat or WeCom the browser can be sent to the app's own page and comes back signed in. Entrances of joined corps name their
 * corp (`?corp=`), whose members only its own application knows.
 */
export function browserSignInOf(
  entrance: { readonly userAgent: string; readonly search: string },
  leaveFor: (address: string) => void,
): Platform['browserSignIn'] {
  const client = clientOf(entrance.userAgent);
  const corp = client === 'wecom' ? new URLSearchParams(entrance.search).get('corp') : null;
  return client && { client, leave: () => leaveFor(`/api/m/oauth/${client}${corp ? `?corp=${encodeURIComponent(corp)}` : ''}`) };
}
