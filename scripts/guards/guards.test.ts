import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../support/processes';
import { readGuards, withoutGuard } from './guard';

const guards = readGuards();

describe('the guards that the checks prove', () => {
  it.each(guards.map((guard) => [guard.check, guard.guard, guard] as const))('%s %s: its text is there, once', (_check, _name, guard) => {
    const source = readFileSync(path.join(root, guard.file), 'utf8');
    expect(withoutGuard(source, guard)).not.toBe(source);
    expect(existsSync(path.join(root, guard.test))).toBe(true);
    expect(path.basename(guard.test).startsWith(guard.check)).toBe(true);
  });

  it('has one at least for every check that stands', () => {
    const checks = new Set(guards.map(({ check }) => check));
    for (const check of ['01', '02', '04', '09', '14', '15', '16', '31', '32']) expect(checks).toContain(check);
  });

  it('is told when a text has gone, or is there twice', () => {
    const guard = { check: '00', guard: 'x', test: '', file: 'f', text: 'abc', replacement: '' };
    expect(() => withoutGuard('ab', guard)).toThrow('0 times');
    expect(() => withoutGuard('abc abc', guard)).toThrow('2 times');
    expect(withoutGuard('1abc2', { ...guard, replacement: '$&' })).toBe('1$&2');
  });
});
