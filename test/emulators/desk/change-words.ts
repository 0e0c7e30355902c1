import type { Remark } from '../world/request-log';

const NAMES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  latencyMs: ['响应延迟', 'latency'],
  errors: ['发送失败', 'send errors'],
  lostReplies: ['丢失应答', 'lost answers'],
  quota: ['剩余额度', 'quota left'],
  allowedIps: ['地址名单', 'allowed addresses'],
  revokeTokens: ['令牌立即失效', 'tokens revoked'],
  clockOffsetMs: ['平台时钟', 'platform clock'],
  pushTarget: ['回调地址', 'callbacks to'],
  push: ['回调方式', 'callbacks'],
  reset: ['全部复位', 'everything reset'],
};

/** A change of the script as a person would say it: `响应延迟 1000 ms，剩余额度 不限`. */
export function changeWords(change: Record<string, unknown>): Remark {
  const said = Object.entries(change).flatMap(([field, value]) => {
    const name = NAMES[field];
    return name ? [[`${name[0]}${valueWords(field, value, 0)}`, `${name[1]}${valueWords(field, value, 1)}`] as const] : [];
  });
  return [said.map(([zh]) => zh).join('，'), said.map(([, en]) => en).join(', ')];
}

function valueWords(field: string, value: unknown, language: 0 | 1): string {
  if (value === true) return '';
  if (value === null)
    return field === 'quota' || field === 'allowedIps' ? ([' 不限', ' unlimited'][language] ?? '') : ([' 关闭', ' off'][language] ?? '');
  if (field.endsWith('Ms') && typeof value === 'number') return value === 0 ? ([' 无', ' none'][language] ?? '') : ` ${value} ms`;
  return ` ${typeof value === 'object' ? JSON.stringify(value).replaceAll('"', '').slice(1, -1) : String(value)}`;
}
