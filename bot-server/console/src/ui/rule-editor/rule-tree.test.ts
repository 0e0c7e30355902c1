import { describe, expect, it } from '@jest/globals';
import { type AttributeValues, attributeRegistry, compileClosure, type Operator, type RuleNode } from '@suiban/shared/rules';
import fc from 'fast-check';
import {
  blankCondition,
  groupModes,
  groupOf,
  hasUnfinished,
  insertedAt,
  isUnfinished,
  movedBy,
  nodeOf,
  normalised,
  removedAt,
  usualOperator,
  withAttribute,
  withOperator,
  withValue,
} from './rule-tree';

const text = { zh: '文', en: 'text' };
const registry = attributeRegistry([
  { name: 'staff', label: text, type: 'integer', owner: 'test', source: text },
  { name: 'size', label: text, type: 'enum', owner: 'test', source: text, options: [{ value: 'small', label: text }] },
  { name: 'tags', label: text, type: 'set', owner: 'test', source: text },
]);
const attributeNamed = (name: string) => {
  const found = registry.get(name);
  if (!found) throw new Error(name);
  return found;
};

const leaf: fc.Arbitrary<RuleNode> = fc.oneof(
  fc.record({ attribute: fc.constant('staff'), operator: fc.constantFrom<Operator>('lt', 'gte'), value: fc.integer({ min: 0, max: 4 }) }),
  fc.record({ attribute: fc.constant('size'), operator: fc.constant<Operator>('eq'), value: fc.constantFrom('small', 'large') }),
);
const node = fc.letrec<{ node: RuleNode }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((all) => ({ all })),
    fc.array(tie('node'), { maxLength: 3 }).map((any) => ({ any })),
    tie('node').map((not) => ({ not })),
  ),
})).node;
const values: fc.Arbitrary<AttributeValues> = fc.record({
  staff: fc.option(fc.integer({ min: 0, max: 4 })),
  size: fc.option(fc.constantFrom('small', 'large')),
});

describe('the form the editor shows', () => {
  it('means what the document means, unknown values included', () => {
    fc.assert(
      fc.property(node, values, (when, known) => {
        const rule = { v: 1, when } as const;
        expect(compileClosure(normalised(rule), registry)(known)).toBe(compileClosure(rule, registry)(known));
      }),
    );
  });

  it('is a group at the top, and stays what it is when it is taken again', () => {
    fc.assert(
      fc.property(node, (when) => {
        const once = normalised({ v: 1, when });
        expect('attribute' in once.when).toBe(false);
        expect(normalised(once)).toEqual(once);
      }),
    );
  });

  it('names the list of a group by its pointer', () => {
    for (const mode of groupModes) {
      const written = nodeOf(mode, [blankCondition]);
      const { listPath, ...group } = groupOf(written);
      expect(group).toEqual({ mode, nodes: [blankCondition] });
      const inner = listPath
        .split('/')
        .slice(1)
        .reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], written);
      expect(inner).toEqual([blankCondition]);
    }
  });
});

describe('a condition as it is written', () => {
  it('takes the usual operator of its attribute, and drops a value of another', () => {
    const asked = { attribute: 'staff', operator: 'gte', value: 10 } as const;
    expect(withAttribute(asked, attributeNamed('size'))).toEqual({ attribute: 'size', operator: 'in' });
    expect(withAttribute(asked, attributeNamed('staff'))).toBe(asked);
    expect(usualOperator(attributeNamed('tags'))).toBe('containsAny');
  });

  it('keeps what was typed where the new operator can use it', () => {
    const asked = { attribute: 'staff', operator: 'gte', value: 10 } as const;
    expect(withOperator(asked, 'lt')).toEqual({ attribute: 'staff', operator: 'lt', value: 10 });
    expect(withOperator(asked, 'in')).toEqual({ attribute: 'staff', operator: 'in', value: [10] });
    expect(withOperator(asked, 'between')).toEqual({ attribute: 'staff', operator: 'between' });
    expect(withOperator(asked, 'isKnown')).toEqual({ attribute: 'staff', operator: 'isKnown' });
    expect(withOperator({ attribute: 'size', operator: 'in', value: ['small', 'large'] }, 'eq').value).toBe('small');
  });

  it('is unfinished until it has attribute and value', () => {
    expect(isUnfinished(blankCondition)).toBe(true);
    expect(isUnfinished({ attribute: 'staff', operator: 'gte' })).toBe(true);
    expect(isUnfinished({ attribute: 'staff', operator: 'isKnown' })).toBe(false);
    expect(withValue({ attribute: 'size', operator: 'in', value: ['small'] }, [])).toEqual({ attribute: 'size', operator: 'in' });
    expect(hasUnfinished({ not: { any: [{ attribute: 'staff', operator: 'gte', value: 1 }, blankCondition] } })).toBe(true);
    expect(hasUnfinished({ all: [] })).toBe(false);
  });
});

describe('lists', () => {
  it('move only within their ends', () => {
    expect(movedBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
    expect(movedBy(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
    expect(movedBy(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
    expect(insertedAt(removedAt(['a', 'b'], 0), 1, 'c')).toEqual(['b', 'c']);
  });
});
