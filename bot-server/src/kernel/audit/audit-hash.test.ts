import { describe, expect, it } from '@jest/globals';
import { hashEvent, noHash, type SealedContent } from './audit-hash';

const content: SealedContent = {
  id: '1',
  aggregate: 'campaign',
  aggregateId: '7',
  action: 'campaign.launched',
  actorKind: 'official',
  actorId: 'o1',
  reason: null,
  before: { state: 'approved' },
  after: { state: 'running' },
  at: '2026-06-10T02:00:00.000000Z',
};

describe('the hash of an audit event', () => {
  it('stays the same over releases: sealed trails must go on verifying', () => {
    expect(hashEvent(noHash, content)).toBe('7be19045064e1381984ee23f3a706a79e66c6681cb43ed4b3b78170f702322de');
  });

  it('covers every field and the link before', () => {
    const base = hashEvent(noHash, content);
    for (const name of Object.keys(content)) expect(hashEvent(noHash, { ...content, [name]: 'other' })).not.toBe(base);
    expect(hashEvent('1'.repeat(64), content)).not.toBe(base);
    expect(hashEvent(noHash, { ...content, extra: 'is not covered' } as SealedContent)).toBe(base);
  });
});
