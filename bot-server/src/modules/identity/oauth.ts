import type { BrowserPlatform } from '@suiban/shared/api/identity';
import { DomainError } from '@suiban/shared/errors';
import { base62Mac, isBase62Mac } from '../../kernel/crypto/base62-mac';
import { hashToken, randomToken } from '../../kernel/crypto/token';
import type { RawAnswer, RequestInfo } from '../../kernel/http/route';
import type { Deps } from '../module';
import { cookieOf } from './credentials';
import { takeState } from './identities.repo';
import { oauthLifeMs } from './identity.policy';
import { isTokenShaped } from './proofs/devices';

/**
 * Sign-in of a browser inside WeChat or WeCom: sent away with a state → comes back to the page with code and state → the page posts both.
 * A state holds its end of life and random digits, signed together with a secret that only this browser's cookie holds: nobody can plant
 * their own code in somebody else's browser. It is good once. Letters and digits alone: the platforms allow nothing else.
 */
const cookieName = 'suiban_oauth';
const [timeLength, nonceLength, macLength] = [7, 32, 22];
const stateForm = new RegExp(`^[0-9a-z]{${timeLength}}[0-9a-f]{${nonceLength}}[0-9A-Za-z]{${macLength}}$`);

const signed = (platform: BrowserPlatform, head: string, browserSecret: string): string => `oauth\n${platform}\n${head}\n${browserSecret}`;

/** Redirects to the platform's page. @throws DomainError kernel:not-found where the platform has no account here */
export async function beginOauth(
  deps: Deps,
  { platform, corpId }: { platform: BrowserPlatform; corpId?: string | undefined },
  request: Pick<RequestInfo, 'headers'>,
): Promise<RawAnswer> {
  const channel = deps.channels.find(platform, 'default');
  if (!channel?.authorizeUrl) throw new DomainError('kernel:not-found', '这里没有开通这种登录方式，请用手机号登录');
  const kept = cookieOf(request, cookieName);
  // Two tabs of one browser may be away at once: both keep the secret that is there.
  const browserSecret = isTokenShaped(kept) ? kept : randomToken();
  const endsAtSec = Math.floor((deps.clock.now().getTime() + oauthLifeMs) / 1000);
  const head = `${endsAtSec.toString(36).padStart(timeLength, '0')}${hashToken(randomToken()).slice(0, nonceLength)}`;
  const mac = base62Mac(deps.config.secrets.linkKey, signed(platform, head, browserSecret), macLength);
  const back = `${deps.config.publicBaseUrl}/m/packages/account/pages/oauth/index?client=${platform}`;
  return {
    status: 302,
    contentType: 'text/plain; charset=utf-8',
    body: '',
    headers: { location: channel.authorizeUrl(back, `${head}${mac}`, corpId), 'referrer-policy': 'no-referrer' },
    setCookie: { name: cookieName, value: browserSecret, maxAgeSec: oauthLifeMs / 1000 },
  };
}

/** The state came out of this browser, lately, and is used now for the first time. @throws DomainError identity:platform-code-refused */
export async function proveState(
  deps: Deps,
  platform: BrowserPlatform,
  state: string,
  request: Pick<RequestInfo, 'headers'>,
): Promise<void> {
  const head = state.slice(0, timeLength + nonceLength);
  const content = signed(platform, head, cookieOf(request, cookieName));
  const isOurs = stateForm.test(state) && isBase62Mac(deps.config.secrets.linkKey, content, state.slice(head.length), macLength);
  const endsAtMs = Number.parseInt(head.slice(0, timeLength), 36) * 1000;
  const now = deps.clock.now();
  const isGood = isOurs && endsAtMs > now.getTime() && (await takeState(deps.db, hashToken(state), now));
  if (!isGood) throw new DomainError('identity:platform-code-refused', '登录已过期或不是从本页发起的，请重新点“登录”');
}
