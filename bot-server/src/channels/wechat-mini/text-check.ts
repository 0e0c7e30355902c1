import type { ContentVerdict } from '../channel';
import { idOf } from '../errcode-answer';
import { PlatformError } from '../platform-error';
import type { WechatClient } from '../wechat-client';
import { textCheckCharacters } from './limits';

/** Scene of the check: 2 is a comment, which appeals and free answers come nearest to. */
const scene = 2;
const verdicts = ['pass', 'review', 'risky'] as const;

/**
 * The platform's verdict over a text of somebody who opened the mini-program within two hours (else 61010). A risky text is a
 * success with the verdict in it. A longer text is checked in parts: the gravest verdict holds.
 * @see https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html (read 2026-11)
 * @throws PlatformError
 */
export async function checkText(client: WechatClient, text: string, openid: string): Promise<ContentVerdict> {
  let gravest: ContentVerdict = { verdict: 'pass', label: '100' };
  for (const content of partsOf(text)) {
    const body = await client.demand({ path: '/wxa/msg_sec_check', body: JSON.stringify({ version: 2, openid, scene, content }) });
    const found = verdictOf(body.result);
    if (verdicts.indexOf(found.verdict) > verdicts.indexOf(gravest.verdict)) gravest = found;
    if (gravest.verdict === 'risky') break;
  }
  return gravest;
}

function verdictOf(result: unknown): ContentVerdict {
  const { suggest, label } = (result ?? {}) as { suggest?: unknown; label?: unknown };
  const verdict = verdicts.find((known) => known === suggest);
  if (!verdict) throw new PlatformError('wechat-mini', 'no-verdict', 'unknown');
  return { verdict, label: idOf(label) };
}

function partsOf(text: string): readonly string[] {
  const characters = [...text];
  const count = Math.ceil(characters.length / textCheckCharacters);
  return Array.from({ length: count }, (_, part) =>
    characters.slice(part * textCheckCharacters, (part + 1) * textCheckCharacters).join(''),
  ).filter((part) => part.trim() !== '');
}
