import { sandboxAccounts, sandboxPersonas } from '../../shared/src/sandbox';

/** What only our factories and emulators say. They plant it wherever a real secret, person or message would stand; in a log it is a leak. */
export const canaries = {
  /** A platform tells it in its error texts. */
  secret: 'canary-appsecret-4711',
  /** Beginning of every access token the emulators give out. */
  token: 'canarytoken',
  /** Beginning of every openid of the factories; ten digits follow. */
  openid: 'oTest',
  /** Beginning of every mobile number of the factories; seven digits and a 1 follow. */
  mobile: '139',
  /** In every text that is sent, or said in a chat. */
  text: '金丝雀',
} as const;

/** Fields of templates are called `key` too, and have short names that any line may hold. */
const shortestSecret = 12;

/** Every string in an account of the sandbox that must stay secret. */
function secretsIn(value: unknown, key = ''): string[] {
  if (typeof value === 'string')
    return /secret|token|key|password/i.test(key) && !/^public/i.test(key) && value.length >= shortestSecret ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => secretsIn(item, name));
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

const openidsOfPersonas = sandboxPersonas.flatMap(({ openid, officialOpenid, alipayOpenId }) =>
  [openid, officialOpenid, alipayOpenId].filter((id) => id !== null),
);

/** Kind of canary → where it sings. */
export const songs: Readonly<Record<keyof typeof canaries, RegExp>> = {
  secret: new RegExp([canaries.secret, ...secretsIn(sandboxAccounts)].map(escaped).join('|')),
  token: new RegExp(canaries.token),
  openid: new RegExp([String.raw`${canaries.openid}\d{10}`, ...openidsOfPersonas.map(escaped)].join('|')),
  // Those of the factories, of the sandbox's people, and of anybody else.
  mobile: /(?<![\dA-Za-z])1[3-9]\d{9}(?![\dA-Za-z])/,
  text: new RegExp(canaries.text),
};
