import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { compileClosure, compileSql, evaluate, type Outcome, type RuleNode, valuesFromRow } from '@suiban/shared/rules';
import fc from 'fast-check';
import { ruleNodes, subjectRegistry, subjects, subjectTable, textConditions } from '../support/rule-arbitraries';

const rowCount = 120;
const rows = fc.sample(subjects, { numRuns: rowCount, seed: 20261124 });
let database: PGlite;

beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(subjectTable);
  for (const [id, row] of rows.entries()) {
    await database.query('insert into subject values ($1, $2, $3, $4, $5, $6::numeric, $7::date, $8, $9)', [
      id,
      row.code,
      row.size,
      row.staff,
      row.revenue,
      row.area,
      row.foundedOn,
      row.isDemo,
      row.tags,
    ]);
  }
}, 60_000);
afterAll(() => database.close());

async function outcomesInSql(when: RuleNode): Promise<{ outcomes: Outcome[]; selected: number[] }> {
  const { text, values } = compileSql({ v: 1, when }, subjectRegistry, { table: 'subject' });
  const all = await database.query<{ outcome: Outcome }>(`select ${text} as outcome from subject order by id`, [...values]);
  const chosen = await database.query<{ id: number }>(`select id from subject where ${text} order by id`, [...values]);
  return { outcomes: all.rows.map((row) => row.outcome), selected: chosen.rows.map((row) => row.id) };
}

describe('a rule compiled to SQL', () => {
  it('says true, false or NULL exactly where closure and evaluator say true, false or unknown (500 rules × 120 rows)', async () => {
    const seen = { true: 0, false: 0, null: 0 };
    await fc.assert(
      fc.asyncProperty(ruleNodes, async (when) => {
        const test = compileClosure({ v: 1, when }, subjectRegistry);
        const expected = rows.map((row) => test(row));
        const { outcomes, selected } = await outcomesInSql(when);
        expect(outcomes).toEqual(expected);
        expect(selected).toEqual(expected.flatMap((outcome, id) => (outcome === true ? [id] : [])));
        for (const [id, row] of rows.entries()) {
          if (id % 8 === 0) expect(evaluate({ v: 1, when }, row, subjectRegistry).outcome).toBe(expected[id]);
        }
        for (const outcome of expected) seen[`${outcome}`] += 1;
      }),
      { numRuns: 500 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(1000);
  }, 120_000);

  it.each([...textConditions])('agrees on $operator “$value” and on its opposite', async (condition) => {
    for (const when of [condition, { not: condition }]) {
      const test = compileClosure({ v: 1, when }, subjectRegistry);
      expect((await outcomesInSql(when)).outcomes).toEqual(rows.map((row) => test(row)));
    }
  });

  it('means the same of the values read back from the rows', async () => {
    const { rows: stored } = await database.query<Record<string, unknown>>(
      'select code, size_class, staff_count, revenue_fen::text, area::text, founded_on::text, is_demo, tags from subject order by id',
    );
    expect(stored.map((row) => valuesFromRow(row, subjectRegistry))).toEqual(rows);
  });

  it.each<[RuleNode, string]>([
    [{ attribute: 'code', operator: 'eq', value: '62' }, 'subject_code'],
    [{ attribute: 'code', operator: 'in', value: ['61', '62'] }, 'subject_code'],
    [{ attribute: 'code', operator: 'startsWith', value: '62' }, 'subject_code'],
    [{ attribute: 'staff', operator: 'between', value: [10, 12] }, 'subject_staff'],
    [{ attribute: 'staff', operator: 'in', value: [10, 12] }, 'subject_staff'],
    [{ not: { attribute: 'staff', operator: 'lt', value: 10 } }, 'subject_staff'],
    [{ attribute: 'revenue', operator: 'gte', value: 100 }, 'subject_revenue'],
    [{ attribute: 'foundedOn', operator: 'gt', value: '2026-01-01' }, 'subject_founded'],
    [{ attribute: 'tags', operator: 'contains', value: '甲' }, 'subject_tags'],
    [{ attribute: 'tags', operator: 'containsAny', value: ['甲', '乙'] }, 'subject_tags'],
  ])('finds its index: %j', async (when, index) => {
    await database.exec(`
      create index if not exists subject_code on subject (code text_pattern_ops);
      create index if not exists subject_staff on subject (staff_count);
      create index if not exists subject_revenue on subject (revenue_fen);
      create index if not exists subject_founded on subject (founded_on);
      create index if not exists subject_tags on subject using gin (tags);
      set enable_seqscan = off;
    `);
    const { text, values } = compileSql({ v: 1, when }, subjectRegistry);
    const plan = await database.query<{ 'QUERY PLAN': string }>(`explain select id from subject where ${text}`, [...values]);
    expect(plan.rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(new RegExp(`Index.* (on|using) ${index}`));
  });
});
