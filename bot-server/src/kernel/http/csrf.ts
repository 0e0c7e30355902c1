import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@suiban/shared/errors';

export const csrfHeader = 'x-suiban-csrf';

const refused = (): DomainError => new DomainError('kernel:not-allowed', '请求不是从本系统的页面发出的，请刷新页面后重试');

/** A browser says where a request comes from in `Origin`, or at least in `Sec-Fetch-Site`; a form on another site can forge neither. */
function isSameOrigin(headers: IncomingHttpHeaders, publicOrigin: string): boolean {
  const { origin } = headers;
  if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
  if (origin === publicOrigin) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.host;
}

/** For writes that a cookie signs: the header no form can send, and the same origin. @throws DomainError kernel:not-allowed */
export function refuseForeignWrite(headers: IncomingHttpHeaders, publicOrigin: string): void {
  if (headers[csrfHeader] === undefined || !isSameOrigin(headers, publicOrigin)) throw refused();
}

/** For writes that set a cookie: signing somebody in from another site is refused too. @throws DomainError kernel:not-allowed */
export function refuseForeignOrigin(headers: IncomingHttpHeaders, publicOrigin: string): void {
  const isTold = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
  if (isTold && !isSameOrigin(headers, publicOrigin)) throw refused();
}
