import { DomainError } from '@suiban/shared/errors';
import type { AlipayAccount } from '../../config/accounts';
import type { Outbound, OutboundAnswer } from '../../kernel/outbound/outbound';
import { OutboundError } from '../../kernel/outbound/outbound-error';
import type { CodeImage, CodeRequest } from '../channel';
import { PlatformError } from '../platform-error';
import type { GatewayClient } from './client';
import { explain } from './errors';

const maxBytes = 4 * 1024 * 1024;
const describeCharacters = 32;

/** The platform answers with the address of a picture; the scene arrives in the mini-program as query `scene`. */
export async function createCode(
  account: AlipayAccount,
  deps: { client: GatewayClient; outbound: Outbound },
  request: CodeRequest,
): Promise<CodeImage> {
  const answer = await deps.client.call({
    method: 'alipay.open.app.qrcode.create',
    biz: {
      url_param: request.page,
      query_param: `scene=${encodeURIComponent(request.scene)}`,
      describe: [...(request.describe ?? request.page)].slice(0, describeCharacters).join(''),
    },
  });
  if (answer.kind === 'refused' && answer.code === 'isv.invalid-parameter')
    throw new DomainError('kernel:invalid-request', '支付宝不接受这个页面或参数');
  if (answer.kind !== 'answer') throw failed(answer.code);
  const url = answer.body.qr_code_url;
  if (typeof url !== 'string' || !URL.canParse(url)) throw failed('no-picture');
  return pictureOf(await download(account, deps.outbound, url));
}

const failed = (code: string): PlatformError => new PlatformError('alipay-mini', code, explain(code).class);

/** A picture beside the gateway (as in the sandbox) lies at an address of the environment; any other address must be a public one. */
async function download(account: AlipayAccount, outbound: Outbound, url: string): Promise<OutboundAnswer> {
  const { origin, pathname, search } = new URL(url);
  const request = { method: 'GET', maxBytes } as const;
  try {
    if (origin !== new URL(account.baseUrl).origin) return await outbound.guarded(url, request);
    return await outbound.platform(origin).request({ ...request, path: `${pathname}${search}` });
  } catch (error) {
    throw error instanceof OutboundError ? failed(error.failure) : error;
  }
}

/** By its first bytes: the address is the platform's, but what lies there must be a picture. */
function pictureOf({ status, body }: OutboundAnswer): CodeImage {
  if (status !== 200) throw failed(`http-${status}`);
  if (body.subarray(0, 4).toString('hex') === '89504e47') return { contentType: 'image/png', bytes: body };
  if (body.subarray(0, 3).toString('hex') === 'ffd8ff') return { contentType: 'image/jpeg', bytes: body };
  throw failed('no-picture');
}
