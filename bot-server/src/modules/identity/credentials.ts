import { sessionCookie } from '../../kernel/http/authenticator';
import type { RequestInfo } from '../../kernel/http/route';

const textOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join('; ') : (value ?? ''));

/** The session token of a request that the kernel has already let in; empty when there is none. */
export function cookieToken({ headers }: Pick<RequestInfo, 'headers'>): string {
  const pair = textOf(headers.cookie)
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${sessionCookie}=`));
  return pair?.slice(sessionCookie.length + 1) ?? '';
}

export const bearerToken = ({ headers }: Pick<RequestInfo, 'headers'>): string => textOf(headers.authorization).replace(/^Bearer\s+/i, '');
