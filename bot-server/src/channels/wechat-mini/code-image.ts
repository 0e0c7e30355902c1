import { DomainError } from '@suiban/shared/errors';
import type { CodeImage, CodeRequest } from '../channel';
import { PlatformError } from '../platform-error';
import type { WechatClient } from '../wechat-client';
import { codeLimits } from './limits';

/** What the platform says of our request, and not of its own state. */
const refusals: Readonly<Record<string, string>> = {
  '40129': '微信不接受这个场景值',
  '40169': '微信不接受这个场景值',
  '41030': '这个页面不在小程序已发布的版本里',
};

/**
 * A code without a limit of number that opens `page` with the scene (percent-encoded there: decode it once). Only the released
 * version is asked for: a code is printed for people.
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html (read 2026-11)
 * @throws DomainError kernel:invalid-request; PlatformError
 */
export async function codeImage(client: WechatClient, request: CodeRequest): Promise<CodeImage> {
  const { page, scene, widthPx = codeLimits.widthPx } = request;
  if (!codeLimits.scene.test(scene)) throw refused('scene', "场景值为 1 至 32 个字母、数字或 !#$&'()*+,/:;=?@-._~");
  if (page === '' || page.startsWith('/') || page.includes('?')) throw refused('page', '页面路径不以 / 开头，也不带参数');
  const width = Math.min(Math.max(Math.round(widthPx), codeLimits.leastWidthPx), codeLimits.mostWidthPx);
  try {
    return await client.picture({
      path: '/wxa/getwxacodeunlimit',
      body: JSON.stringify({ scene, page, check_path: true, env_version: 'release', width }),
    });
  } catch (error) {
    const detail = error instanceof PlatformError ? refusals[error.code] : undefined;
    throw detail === undefined ? error : new DomainError('kernel:invalid-request', detail);
  }
}

const refused = (pointer: string, detail: string): DomainError =>
  new DomainError('kernel:invalid-request', detail, { errors: [{ pointer: `/${pointer}`, detail }] });
