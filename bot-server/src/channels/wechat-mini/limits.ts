import type { ChannelLimits } from '../channel';
import { fieldRulesOf } from '../wechat-fields';

/** 10 million a day (30 million with pay); sends to one person one after the other (43108). */
export const wechatMiniLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 500, perPersonPerMin: 30 };

export const ruleOf = fieldRulesOf();

/** @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/qrcode-link/qr-code/getUnlimitedQRCode.html (read 2026-11); `%` is not among them, so nothing can be percent-encoded */
export const codeLimits = {
  scene: /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/,
  leastWidthPx: 280,
  mostWidthPx: 1280,
  widthPx: 430,
} as const;

/** @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html (read 2026-11) */
export const textCheckCharacters = 2500;
