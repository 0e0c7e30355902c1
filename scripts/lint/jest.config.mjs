import path from 'node:path';
import { fileURLToPath } from 'node:url';

const rootDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const swc = [
  '@swc/jest',
  {
    jsc: { parser: { syntax: 'typescript', tsx: true }, target: 'es2022', transform: { react: { runtime: 'automatic' } } },
    module: { type: 'es6' },
  },
];
const base = {
  rootDir,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: { '^.+\\.tsx?$': swc },
  moduleNameMapper: {
    '^@suiban/shared/api/(.*)$': '<rootDir>/shared/src/api/$1.ts',
    '^@suiban/shared/(.*)$': '<rootDir>/shared/src/$1/index.ts',
    '^@/(.*)$': '<rootDir>/miniapp/src/$1',
    '\\.(css|scss)$': '<rootDir>/scripts/lint/style-stub.mjs',
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.data/', '<rootDir>/.cache/'],
};
const project = (displayName, testMatch, extra = {}) => ({
  ...base,
  displayName,
  testMatch: testMatch.map((glob) => `<rootDir>/${glob}`),
  ...extra,
});

/** One project per suite of `npm test`; each test file runs alone and in any order. */
export default {
  rootDir,
  projects: [
    project('unit', ['{shared,bot-server,scripts}/**/*.test.ts', 'miniapp/{config,src/{api,features,platform}}/**/*.test.ts']),
    project('pages', ['miniapp/src/**/*.test.tsx', 'bot-server/console/src/**/*.test.tsx'], {
      testEnvironment: 'jsdom',
      setupFiles: ['<rootDir>/scripts/lint/jsdom-globals.mjs'],
    }),
    project('architecture', ['test/architecture/**/*.test.ts']),
    project('integration', ['test/integration/**/*.test.ts']),
    project('conformance', ['test/conformance/*.test.ts', 'test/conformance/toy/*.test.ts']),
    // Its HTTP client patches the sockets of the whole process: no other test may run in one with it.
    project('alipay-sdk', ['test/conformance/alone/alipay-sdk.test.ts']),
    project('faults', ['test/faults/**/*.test.ts']),
    project('miniapp', ['test/miniapp/**/*.test.ts']),
    project('e2e', ['test/e2e/**/*.test.ts']),
  ],
};
