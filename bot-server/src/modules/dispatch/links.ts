import { base62Mac, isBase62Mac } from '../../kernel/crypto/base62-mac';

/**
 * A personal link carries campaign, row and attempt: `<campaign36>-<seq36>-<attempt36>-<mac>`. It is signed, not stored, so the
 * same attempt gives the same link after a crash, and two attempts never the same body.
 */
export interface LinkTarget {
  readonly campaignId: string;
  readonly seq: number;
  readonly attemptNo: number;
}

export function linkToken(key: Buffer, { campaignId, seq, attemptNo }: LinkTarget): string {
  const text = `${BigInt(campaignId).toString(36)}-${seq.toString(36)}-${attemptNo.toString(36)}`;
  return `${text}-${base62Mac(key, `link:${text}`)}`;
}

/** undefined: not one of ours. */
export function readLinkToken(key: Buffer, token: string): LinkTarget | undefined {
  const [, text, campaign36, seq36, attempt36, mac] =
    /^(([0-9a-z]{1,13})-([0-9a-z]{1,7})-([0-9a-z]{1,4}))-([0-9A-Za-z]{10})$/.exec(token) ?? [];
  if (!text || !campaign36 || !seq36 || !attempt36 || !mac || !isBase62Mac(key, `link:${text}`, mac)) return undefined;
  return { campaignId: bigintOf(campaign36).toString(), seq: Number.parseInt(seq36, 36), attemptNo: Number.parseInt(attempt36, 36) };
}

const bigintOf = (text: string): bigint => [...text].reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n);

export const linkOf = (publicBaseUrl: string, token: string): string => `${publicBaseUrl}/s/${token}`;
