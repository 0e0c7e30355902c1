import type { IncomingMessage } from 'node:http';

/**
 * The address of the client. Each of the `trustedProxies` in front appended the address it saw to X-Forwarded-For, so the
 * client is that many entries from the right; what stands further left was written by the client itself.
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown';
  const header = request.headers['x-forwarded-for'];
  if (trustedProxies === 0 || header === undefined) return direct;
  const chain = String(header)
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  return chain.at(-trustedProxies) ?? chain[0] ?? direct;
}

const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

/** Connected from this machine, and not on behalf of somebody else. */
export const isLocal = (request: IncomingMessage): boolean =>
  loopback.test(request.socket.remoteAddress ?? '') && request.headers['x-forwarded-for'] === undefined;
