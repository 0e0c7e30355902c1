import type { IncomingMessage } from 'node:http';
import { DomainError } from '@suiban/shared/errors';
import { limits, sizeWords } from '../limits';

export const tooLarge = (limitBytes: number, what = '请求内容'): DomainError =>
  new DomainError('kernel:too-large', `${what}超过 ${sizeWords(limitBytes)} 的限制，请减小后重试`);

export const hasBody = (request: IncomingMessage): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;

/** Answers by the announced length, before a byte is read. */
export function refuseAnnounced(request: IncomingMessage, limitBytes: number, error = () => tooLarge(limitBytes)): void {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw error();
}

/**
 * The whole body, or an error as soon as it is too large or too slow; what comes later is discarded by the server.
 * @throws DomainError kernel:too-large, kernel:timeout, kernel:invalid-request (client stopped half-way)
 */
export function readBody(request: IncomingMessage, limitBytes: number, withinMs: number = limits.bodyMs): Promise<Buffer> {
  refuseAnnounced(request, limitBytes);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      request.off('data', onData).off('end', onEnd).off('error', onBroken).off('close', onBroken);
      settle();
    };
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      if (size > limitBytes) finish(() => reject(tooLarge(limitBytes)));
      else chunks.push(chunk);
    };
    const onEnd = () => finish(() => resolve(Buffer.concat(chunks, size)));
    const onBroken = () => finish(() => reject(new DomainError('kernel:invalid-request', '请求没有发送完整')));
    const timer = setTimeout(() => finish(() => reject(new DomainError('kernel:timeout', '请求内容没有在规定时间内发送完'))), withinMs);
    request.on('data', onData).on('end', onEnd).on('error', onBroken).on('close', onBroken);
  });
}
