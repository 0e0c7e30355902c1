import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { Exchange } from '../http/router';
import { refusal } from '../world/errcode';
import { asText, parseJson } from '../world/json-values';
import type { Answer } from '../world/platform-call';
import type { WechatState } from './wechat-emulator';

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const VERSIONS = new Set(['release', 'trial', 'develop']);
const MODULES = 37;

/**
 * `POST /wxa/getwxacodeunlimit`: the bytes of an image on success, JSON on failure, both with HTTP 200. The picture is a pattern
 * made of the scene, which also stands in a text chunk (`Comment`): what a phone of the sandbox reads when it scans it.
 */
export function codeImage(state: WechatState, exchange: Exchange): Answer {
  const denied = state.tokens.check(exchange.query.get('access_token'));
  if (denied) return denied;
  const body = parseJson(exchange.raw);
  if (!body) return refusal(40169);
  const [scene, page] = [asText(body.scene), asText(body.page)];
  if (scene === '' || [...scene].length > 32) return refusal(40169);
  if (!SCENE.test(scene)) return refusal(40129);
  if (body.page !== undefined && (page === '' || page.startsWith('/') || page.includes('?'))) return refusal(41030);
  if (body.env_version !== undefined && !VERSIONS.has(asText(body.env_version))) return refusal(40097, 'env_version');
  const width = body.width === undefined ? 430 : Number(body.width);
  if (!Number.isInteger(width) || width < 280 || width > 1280) return refusal(40097, 'width');
  const bytes = pngOf(width, `${page || 'pages/index/index'}?scene=${encodeURIComponent(scene)}`);
  return { body: bytes, headers: { 'content-type': 'image/png' }, code: '0', isRefusal: false, subject: scene };
}

/** Grey, one byte a pixel. */
function pngOf(width: number, path: string): Buffer {
  const rows = Buffer.alloc((width + 1) * width, 255);
  const bits = patternOf(path);
  for (let y = 0; y < width; y += 1) {
    rows[y * (width + 1)] = 0;
    for (let x = 0; x < width; x += 1) if (isDark(bits, moduleAt(x, width), moduleAt(y, width))) rows[y * (width + 1) + 1 + x] = 0;
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header.writeUInt8(8, 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from(`Comment\0${path}`, 'latin1')),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** With a margin of two modules. */
const moduleAt = (pixel: number, width: number): number => Math.floor((pixel * (MODULES + 4)) / width) - 2;

function isDark(bits: Buffer, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x >= MODULES || y >= MODULES) return false;
  const at = y * MODULES + x;
  return ((bits[at >> 3] ?? 0) >> (at & 7)) % 2 === 1;
}

const patternOf = (path: string): Buffer =>
  Buffer.concat(Array.from({ length: 6 }, (_, index) => createHash('sha256').update(`${index}${path}`).digest()));

function chunk(type: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
