import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { type SourceFile, sourceFiles } from './source-files';

const files = sourceFiles('shared/src', 'bot-server/src', 'bot-server/console/src', 'miniapp/src', 'test', 'scripts');
const linesOf = (file: SourceFile) => file.text.split('\n').length - 1;

describe('sizes', () => {
  it('keeps every file within 400 lines', () => {
    expect(files.filter((file) => linesOf(file) > 400).map((file) => `${file.path} ${linesOf(file)}`)).toEqual([]);
  });

  it('keeps every folder of the product within 25 files', () => {
    const folders = new Map<string, number>();
    for (const file of files.filter(({ path: name }) => !name.startsWith('test/'))) {
      if (/\.test\.tsx?$/.test(file.path)) continue;
      const folder = path.posix.dirname(file.path);
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    expect([...folders].filter(([, count]) => count > 25)).toEqual([]);
  });

  it('climbs at most two folders in an import of server and shared', () => {
    const deep = files.filter((file) => /^(shared|bot-server)\/src\//.test(file.path) && /from '(\.\.\/){4,}/.test(file.text));
    expect(deep.map((file) => file.path)).toEqual([]);
  });
});
