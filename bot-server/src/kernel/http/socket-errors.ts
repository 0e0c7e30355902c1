import type { Duplex } from 'node:stream';
import { DomainError } from '@suiban/shared/errors';
import { problemMediaType, problemOf } from './problem';

const phrases: Readonly<Record<number, string>> = { 400: 'Bad Request', 408: 'Request Timeout', 431: 'Request Header Fields Too Large' };

function failureOf(code: string | undefined): { status: number; error: DomainError } {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, error: new DomainError('kernel:timeout') };
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, error: new DomainError('kernel:too-large', '请求头太长') };
  return { status: 400, error: new DomainError('kernel:invalid-request', '不是有效的 HTTP 请求') };
}

/** What Node's parser refuses before there is a request: too slow, too long, not HTTP. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, error: failure } = failureOf(error.code);
  const body = JSON.stringify({ ...problemOf(failure, { instance: '', requestId: '' }), status });
  socket.end(
    `HTTP/1.1 ${status} ${phrases[status]}\r\nconnection: close\r\ncontent-type: ${problemMediaType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
