import { type AttributeValues, attributeRegistry, type Condition, operandShapeOf, operatorsOf, type RuleNode } from '@suiban/shared/rules';
import fc from 'fast-check';

const owner = 'test';
const source = { zh: '测试', en: 'test' };
const attribute = <T extends string>(name: string, type: T, column: string) => ({
  name,
  type,
  column,
  owner,
  source,
  label: { zh: name, en: name },
});

/** An attribute of each type over a table `subject`; whole numbers in both widths that audience views use. */
export const subjectRegistry = attributeRegistry([
  attribute('code', 'text', 'code'),
  attribute('size', 'enum', 'size_class'),
  attribute('staff', 'integer', 'staff_count'),
  attribute('revenue', 'money', 'revenue_fen'),
  attribute('area', 'number', 'area'),
  attribute('foundedOn', 'date', 'founded_on'),
  attribute('isDemo', 'boolean', 'is_demo'),
  attribute('tags', 'set', 'tags'),
]);

export const subjectTable = `create table subject (
  id int primary key, code text, size_class text, staff_count int, revenue_fen bigint, area numeric, founded_on date, is_demo bool, tags text[]
)`;

/** Few values per type, so that rules and rows meet; texts that would break a careless LIKE, array literal or quoting among them. */
const texts = ['62', '6210', '6', '61', '', '6%', '6_1', 'a\\b', 'a\\bc', 'ab', `o'x"`, '{a,b}', 'NULL', '餐饮', '餐饮😀', ' 62'];
const scalars = {
  text: fc.constantFrom(...texts),
  enum: fc.constantFrom('large', 'medium', 'small', 'micro'),
  integer: fc.integer({ min: -3, max: 12 }),
  money: fc.constantFrom(-1, 0, 1, 99, 100, 200_000_000_000, 9_007_199_254_740_991),
  number: fc.constantFrom(-0.5, 0, 0.1, 0.2, 0.3, 1, 1.5, 1e-7, 123456.789),
  date: fc.constantFrom('0001-01-01', '1999-12-31', '2024-02-29', '2026-01-01', '2026-02-28', '9999-12-31'),
  boolean: fc.boolean(),
  set: fc.constantFrom('甲', '乙', '{a,b}', '', 'NULL', `o'x"`),
};

const list = <T>(one: fc.Arbitrary<T>) => fc.array(one, { minLength: 1, maxLength: 4 });

/** Every operator of every type with fitting operands. */
const condition: fc.Arbitrary<Condition> = fc
  .constantFrom(...[...subjectRegistry.values()].flatMap((one) => operatorsOf[one.type].map((operator) => ({ one, operator }))))
  .chain(({ one, operator }) => {
    const scalar: fc.Arbitrary<string | number | boolean> = scalars[one.type];
    const named = { attribute: one.name, operator };
    const values = { none: fc.constant(undefined), one: scalar, pair: fc.tuple(scalar, scalar), list: list(scalar) };
    return values[operandShapeOf[operator]].map((value) => (value === undefined ? named : { ...named, value }));
  });

/** Every operator that takes one text, with every text: chance meets a backslash too seldom. */
export const textConditions: readonly Condition[] = (['eq', 'ne', 'startsWith'] as const).flatMap((operator) =>
  texts.map((value) => ({ attribute: 'code', operator, value })),
);

export const ruleNodes: fc.Arbitrary<RuleNode> = fc.letrec<{ node: RuleNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: condition, weight: 3 },
    { arbitrary: fc.record({ all: fc.array(tie('node'), { maxLength: 4 }) }), weight: 2 },
    { arbitrary: fc.record({ any: fc.array(tie('node'), { maxLength: 4 }) }), weight: 2 },
    { arbitrary: fc.record({ not: tie('node') }), weight: 1 },
  ),
})).node;

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null, freq: 4 });

/** One subject; each value is missing once in four. */
export const subjects: fc.Arbitrary<AttributeValues> = fc.record({
  code: maybe(scalars.text),
  size: maybe(scalars.enum),
  staff: maybe(scalars.integer),
  revenue: maybe(scalars.money),
  area: maybe(scalars.number),
  foundedOn: maybe(scalars.date),
  isDemo: maybe(scalars.boolean),
  tags: maybe(fc.uniqueArray(scalars.set, { maxLength: 4 })),
});
