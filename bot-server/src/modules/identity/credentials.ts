import { sessionCookie } from '../../kernel/http/authenticator';
import type { RequestInfo } from '../../kernel/http/route';

const textOf = (value: string | string[] | undefined): string => (Array.isArray(value) ? value.join('; ') : (value ?? ''));

/** Empty when there is none. */
export function cookieOf({ headers }: Pick<RequestInfo, 'headers'>, name: string): string {
  const pair = textOf(headers.cookie)
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`));
  return pair?.slice(name.length + 1) ?? '';
}

/** The session token of a request that the kernel has already let in. */
export const cookieToken = (request: Pick<RequestInfo, 'headers'>): string => cookieOf(request, sessionCookie);

export const bearerToken = ({ headers }: Pick<RequestInfo, 'headers'>): string => textOf(headers.authorization).replace(/^Bearer\s+/i, '');
