import { hashToken, randomToken } from '../../kernel/crypto/token';
import type { Deps } from '../module';
import { personSessionLimits } from './identity.policy';
import { insertPersonSession } from './persons.repo';

/** A session that may act in one campaign as one enterprise. The caller has verified the link's signature. */
export async function createLinkSession(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scope: { campaignId: string; enterpriseId: string },
): Promise<{ token: string; expiresAt: Date }> {
  const now = clock.now();
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + personSessionLimits.linkMs);
  await insertPersonSession(db, { personId: null, scope, tokenHash: hashToken(token), now, expiresAt });
  return { token, expiresAt };
}
