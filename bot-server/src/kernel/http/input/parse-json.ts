import { DomainError } from '@suiban/shared/errors';
import { limits } from '../limits';
import { invalidRequest } from '../problem';

const openObject = 0x7b;
const openList = 0x5b;
const closeObject = 0x7d;
const closeList = 0x5d;
const quote = 0x22;
const backslash = 0x5c;

/** Deepest nesting, over the bytes, before anything is built: in UTF-8 no byte of a longer character looks like a bracket. */
function depthOf(bytes: Uint8Array, stopAt: number): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
      continue;
    }
    if (byte === quote) inString = true;
    else if (byte === openObject || byte === openList) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > stopAt) return deepest;
    } else if (byte === closeObject || byte === closeList) depth -= 1;
  }
  return deepest;
}

/** @throws DomainError kernel:invalid-request for bytes that are not UTF-8, not JSON, or nested too deep */
export function parseJson(bytes: Buffer): unknown {
  if (depthOf(bytes, limits.jsonDepth) > limits.jsonDepth) {
    throw invalidRequest([{ pointer: '/body', detail: `内容嵌套超过 ${limits.jsonDepth} 层` }]);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new DomainError('kernel:invalid-request', '请求内容不是有效的 JSON（UTF-8）', {
      errors: [{ pointer: '/body', detail: '不是有效的 JSON（UTF-8）' }],
    });
  }
}
