import { describe, expect, it } from '@jest/globals';
import { byUrgency } from './by-urgency';

const survey = (id: string, closesAt: string | null, draftProgress: number | null = null) => ({ id, closesAt, draftProgress });
const ids = (surveys: readonly { id: string }[]) => surveys.map((each) => each.id);

describe('the order of questionnaires at home', () => {
  it('puts the nearest deadline first and those without one last', () => {
    const given = [survey('none', null), survey('late', '2026-12-01T00:00:00Z'), survey('soon', '2026-11-27T10:00:00Z')];
    expect(ids(byUrgency(given))).toEqual(['soon', 'late', 'none']);
  });

  it('puts what was begun before what was not, at the same deadline', () => {
    const at = '2026-11-27T10:00:00+08:00';
    expect(ids(byUrgency([survey('new', at), survey('begun', at, 0.2), survey('nearly', at, 0.9)]))).toEqual(['nearly', 'begun', 'new']);
  });

  it('compares instants, not texts, and leaves what it was given as it was', () => {
    const given = [survey('b', '2026-11-27T10:00:00+08:00'), survey('a', '2026-11-27T01:00:00Z')];
    expect(ids(byUrgency(given))).toEqual(['a', 'b']);
    expect(ids(given)).toEqual(['b', 'a']);
  });
});
