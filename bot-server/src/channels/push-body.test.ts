import { describe, expect, it } from '@jest/globals';
import { parsePush, textOf } from './push-body';

describe('what a push may not hold', () => {
  it.each([
    ['a DTD', '<!DOCTYPE x [<!ENTITY a "b">]><xml><A>&a;</A></xml>'],
    ['an external entity', '<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><xml/>'],
    ['deep XML', `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</xml>`],
    ['deep JSON', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`],
    ['neither format', 'hello'],
    ['broken JSON', '{"a":'],
  ])('%s', (_name, text) => {
    const startedAt = performance.now();
    expect(() => parsePush(text)).toThrow(expect.objectContaining({ type: 'kernel:invalid-request' }));
    expect(performance.now() - startedAt).toBeLessThan(50);
  });

  it('does not expand entities, and reads CDATA that looks like elements as text', () => {
    const root = parsePush('<xml><A><![CDATA[<b>&lt;]]></A><B>&amp;</B></xml>');
    expect([textOf(root, 'A'), textOf(root, 'B')]).toEqual(['<b>&lt;', '&amp;']);
  });
});
