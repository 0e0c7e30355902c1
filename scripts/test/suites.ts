/** What a suite cannot do without. */
export type Service = 'postgres' | 'redis' | 'chromium';

export interface Suite {
  readonly name: string;
  readonly needs: readonly Service[];
  /** Program and arguments below the repository root. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

const jest = (project: string, ...rest: string[]) => [
  process.execPath,
  '--experimental-vm-modules',
  '--no-warnings',
  'node_modules/jest/bin/jest.js',
  '-c',
  'scripts/lint/jest.config.mjs',
  '--selectProjects',
  project,
  ...rest,
];
const program = (file: string, ...rest: string[]) => [process.execPath, '--import', 'tsx', file, ...rest];
const onServers = { TEST_BACKEND: 'postgres' };

/** In the order they run: cheap ones first. */
export const suites: readonly Suite[] = [
  { name: 'unit', needs: [], command: jest('unit') },
  { name: 'pages', needs: [], command: jest('pages', '--passWithNoTests') },
  { name: 'architecture', needs: [], command: jest('architecture') },
  { name: 'conformance', needs: [], command: jest('conformance', '--maxWorkers=2') },
  { name: 'integration, embedded', needs: [], command: jest('integration', '--maxWorkers=2') },
  {
    name: 'integration, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    command: jest('integration', '--maxWorkers=2'),
    env: onServers,
  },
  { name: 'faults, embedded', needs: [], command: jest('faults', '--runInBand') },
  {
    name: 'faults, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    command: jest('faults', '--runInBand'),
    env: onServers,
  },
  { name: 'mini-program', needs: ['chromium'], command: jest('miniapp', '--runInBand') },
  { name: 'end to end', needs: ['chromium'], command: jest('e2e', '--runInBand') },
  { name: 'demo, embedded', needs: [], command: program('scripts/demo/main.ts', '--json') },
  {
    name: 'demo, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    command: program('scripts/demo/main.ts', '--json', '--backend', 'postgres+redis'),
  },
  { name: 'demo with kills, embedded', needs: [], command: program('scripts/demo/main.ts', '--json', '--kill', '3') },
  {
    name: 'demo with kills, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    command: program('scripts/demo/main.ts', '--json', '--kill', '3', '--backend', 'postgres+redis'),
  },
];
