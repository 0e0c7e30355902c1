import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from '../canonical-json';
import { anyDocument, buildDocument, buildQuestion, rule } from '../documents.arbitrary';
import { newDocument } from './heading';
import { parseDocument } from './parse-document';

/** The document as unknown JSON, with something put at a pointer (undefined = taken away). */
function changed(pointer: string, value: unknown): unknown {
  const document = JSON.parse(JSON.stringify(buildDocument([buildQuestion('a', 'single'), buildQuestion('b', 'number')])));
  const keys = pointer.split('/').slice(1);
  const last = keys.pop() ?? '';
  const holder = keys.reduce((each, key) => each[key], document);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return document;
}

const errorsOf = (input: unknown) => {
  const parsed = parseDocument(input);
  return parsed.ok ? [] : parsed.errors.map((each) => `${each.pointer} ${each.rule}`);
};

describe('reading a questionnaire from unknown JSON', () => {
  it('takes every document of ours over as it is', () => {
    expect(parseDocument(newDocument()).ok).toBe(true);
    fc.assert(
      fc.property(anyDocument, (document) => {
        const parsed = parseDocument(JSON.parse(JSON.stringify(document)));
        expect(parsed.ok && canonicalJson(parsed.document)).toBe(canonicalJson(document));
      }),
    );
  });

  it.each([
    ['/v', 2, '/v one-of'],
    ['/title', 'x', '/title type'],
    ['/title/zh', undefined, '/title/zh type'],
    ['/minutes', 0, '/minutes range'],
    ['/minutes', 1.5, '/minutes integer'],
    ['/languages', ['en'], '/languages languages'],
    ['/languages', ['zh', 'zh'], '/languages languages'],
    ['/languages/0', 'fr', '/languages/0 one-of'],
    ['/heading/validUntilOn', '27.12.2027', '/heading/validUntilOn pattern'],
    ['/heading', { exempt: true, issuingBody: 'x' }, '/heading/reason type'],
    ['/surprise', 1, '/surprise unknown-field'],
    ['/nameVisibility/default', 'all', '/nameVisibility/default one-of'],
    ['/pages/0/questions/0/id', '1a', '/pages/0/questions/0/id pattern'],
    ['/pages/0/questions/0/id', 'a b', '/pages/0/questions/0/id pattern'],
    ['/pages/0/questions/0/kind', 'matrix', '/pages/0/questions/0/kind one-of'],
    ['/pages/0/questions/0/kind', '__proto__', '/pages/0/questions/0/kind one-of'],
    ['/pages/0/questions/0/required', undefined, '/pages/0/questions/0/required type'],
    ['/pages/0/questions/0/config/options', 'x', '/pages/0/questions/0/config/options type'],
    ['/pages/0/questions/0/config/options/1/label/zh', '长'.repeat(201), '/pages/0/questions/0/config/options/1/label/zh max-length'],
    ['/pages/0/questions/0/config/typo', 1, '/pages/0/questions/0/config/typo unknown-field'],
    ['/pages/0/questions/1/config/min', '0', '/pages/0/questions/1/config/min type'],
    ['/pages/0/questions/1/showIf', { v: 1, when: { attribute: 'a', operator: 'like' } }, '/pages/0/questions/1/showIf/when/operator rule'],
    ['/pages/0/questions/1/problemSource', { matter: {} }, '/pages/0/questions/1/problemSource/matter/fromQuestion pattern'],
  ])('names pointer and rule: %s = %j', (pointer, value, expected) => {
    expect(errorsOf(changed(pointer, value))).toContain(expected);
  });

  it('names every error at once', () => {
    const document = { ...newDocument(), v: 2, minutes: 0 };
    expect(errorsOf(document)).toEqual(['/v one-of', '/minutes range']);
    const parsed = parseDocument(document, '/body/document');
    expect(parsed.ok ? [] : parsed.errors.map((each) => each.pointer)).toEqual(['/body/document/v', '/body/document/minutes']);
  });

  it('refuses what is too much', () => {
    const many = Array.from({ length: 301 }, (_, at) => buildQuestion(`q${at}`, 'text'));
    expect(errorsOf(buildDocument(many))).toEqual(['/pages/0/questions max-items']);
    const halves = [
      { id: 'p1', questions: many.slice(0, 200) },
      { id: 'p2', questions: many.slice(200) },
    ];
    expect(errorsOf(buildDocument([], { pages: halves }))).toEqual(['/pages max-items']);
    const options = Array.from({ length: 200 }, (_, at) => ({ id: `o${at}`, label: { zh: '长'.repeat(190) + at } }));
    const heavy = Array.from({ length: 20 }, (_, at) => buildQuestion(`q${at}`, 'single', { config: { options } } as never));
    expect(errorsOf(buildDocument(heavy))).toEqual([' max-length']);
  });

  it('never throws and never lets anything through that is no document', () => {
    fc.assert(fc.property(fc.jsonValue(), (input) => expect(parseDocument(input).ok).toBe(false)));
    const noise = fc.constantFrom<unknown>(null, 1, 'x', [], {}, [[]], { v: 1 }, Number.NaN);
    const places = [
      '/title',
      '/heading',
      '/pages',
      '/pages/0',
      '/pages/0/questions/0',
      '/pages/0/questions/0/config',
      '/nameVisibility',
      '/notice',
      '/intro',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...places), noise, (pointer, value) => {
        const input = changed(pointer, value);
        const parsed = parseDocument(input);
        if (parsed.ok) expect(canonicalJson(parsed.document)).toBe(canonicalJson(input));
      }),
    );
  });
});

describe('canonical JSON', () => {
  it('is one text whatever the order of keys, and another for another document', () => {
    expect(canonicalJson({ b: 1, a: { d: undefined, c: [1, undefined] } })).toBe('{"a":{"c":[1,null]},"b":1}');
    const shuffled = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(shuffled)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, each]) => [key, shuffled(each)]),
            )
          : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
    expect(canonicalJson(buildDocument([buildQuestion('a', 'text')]))).not.toBe(
      canonicalJson(buildDocument([buildQuestion('a', 'text', { showIf: rule({ all: [] }) })])),
    );
  });
});
