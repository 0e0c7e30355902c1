import { describe, expect, it } from '@jest/globals';
import { isTest, type SourceFile, sourceFiles } from './source-files';

const product = sourceFiles('shared/src', 'bot-server/src', 'miniapp/src').filter((file) => !isTest(file));
const server = product.filter((file) => file.path.startsWith('bot-server/src/'));
const everything = sourceFiles('shared/src', 'bot-server/src', 'bot-server/console/src', 'miniapp/src', 'test', 'scripts');

/** Code without its comments and string literals' contents would need a parser; a line-wise look with `//` and `*` lines left out is enough here. */
const code = (file: SourceFile) =>
  file.text
    .split('\n')
    .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line))
    .join('\n');
const having = (files: readonly SourceFile[], pattern: RegExp, except: RegExp = /^$/) =>
  files.filter((file) => pattern.test(code(file)) && !except.test(file.path)).map((file) => file.path);

describe('bans', () => {
  it('reads the time through the clock only', () => {
    expect(
      having(
        product.filter((file) => !file.path.startsWith('miniapp/')),
        /\bDate\.now\(\)|new Date\(\)/,
        /^shared\/src\/time\/clock\.ts$/,
      ),
    ).toEqual([]);
  });

  it('reads the environment in one file', () => {
    expect(having(server, /\bprocess\.env\b/, /^bot-server\/src\/config\//)).toEqual([]);
  });

  it('calls out through kernel/outbound only', () => {
    expect(having(server, /(await|return|=|\() ?(globalThis\.)?fetch\(|from 'undici'/, /^bot-server\/src\/kernel\/outbound\//)).toEqual([]);
  });

  it('has no any, no silenced checks and no skipped or focused tests', () => {
    const self = /^test\/architecture\/bans\.test\.ts$/;
    expect(having(everything, /\bas any\b|: any\b(?! of)|<any>|@ts-ignore|@ts-nocheck/, self)).toEqual([]);
    expect(everything.filter((file) => /biome-ignore/.test(file.text) && !self.test(file.path)).map((file) => file.path)).toEqual([]);
    // In a test `@ts-expect-error` is an assertion: what must not compile.
    expect(product.filter((file) => /@ts-expect-error/.test(file.text)).map((file) => file.path)).toEqual([]);
    expect(having(everything, /\b(test|it|describe)\.(skip|only|todo)\(/, self)).toEqual([]);
  });

  it('brings types of the contract to the phone, never the contract: zod would come along', () => {
    const phone = sourceFiles('miniapp/src').filter((file) => !isTest(file));
    expect(having(phone, /^import (?!type )[^;]*?from '@suiban\/shared\/api\//m)).toEqual([]);
    expect(having(phone, /from 'zod/)).toEqual([]);
  });
});
