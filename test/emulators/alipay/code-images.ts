import { createHash } from 'node:crypto';
import { codePng } from '../codes/code-picture';
import type { Reply } from '../http/router';
import { asText } from '../world/json-values';
import type { AlipayState } from './alipay-emulator';
import type { Request } from './gateway';
import { done, type Outcome, refused } from './gateway-answers';

/** `alipay.open.app.qrcode.create`: answers addresses of pictures, never bytes. */
export function createCode(state: AlipayState, { biz, origin }: Request): Outcome {
  const page = asText(biz.url_param);
  const describe = asText(biz.describe);
  if (page === '' || page.startsWith('/') || page.length > 256) return refused('isv.invalid-parameter', { detail: 'url_param' });
  if (describe === '' || [...describe].length > 32) return refused('isv.invalid-parameter', { detail: 'describe' });
  const query = asText(biz.query_param);
  const content = `${page}${query === '' ? '' : `?${query}`}`;
  const id = createHash('sha256').update(content).digest('hex').slice(0, 32);
  state.codes.set(id, content);
  const url = `${origin}/alipay/codes/${id}`;
  return done({ qr_code_url: url, qr_code_url_circle_white: `${url}?circle=white`, qr_code_url_circle_blue: `${url}?circle=blue` }, page);
}

export function codePicture(state: AlipayState, id: string): Reply {
  const content = state.codes.get(id);
  if (content === undefined) return { status: 404, body: 'no such code' };
  return { status: 200, body: codePng(content), headers: { 'content-type': 'image/png' } };
}
