/** What a suite cannot do without. */
export type Service = 'postgres' | 'redis' | 'chromium';

export interface Suite {
  readonly name: string;
  readonly needs: readonly Service[];
  /** Program and arguments below the repository root. */
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Runs code that logs: the folder of logs must then not be empty. */
  readonly logs?: boolean;
  /**
   * Neighbours with one name here run side by side, two at a time: suites that mostly wait, and share no port, folder or database. Left
   * out by what keeps both processors busy, and by what measures rates.
   */
  readonly group?: string;
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

/** Of the fault tests, what measures rates: it would measure its neighbour too. */
const rates = String.raw`/09-[^/]*\.test\.ts$`;

/** In the order they run: cheap ones first. */
export const suites: readonly Suite[] = [
  { name: 'unit', needs: [], command: jest('unit') },
  { name: 'pages', needs: [], command: jest('pages', '--passWithNoTests') },
  { name: 'architecture', needs: [], command: jest('architecture') },
  { name: 'conformance, embedded', needs: [], command: jest('conformance', '--maxWorkers=2') },
  { name: 'conformance, SDK of Alipay', needs: [], command: jest('alipay-sdk', '--runInBand') },
  {
    name: 'conformance, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    // The rest of the folder is about the emulators, which have no database.
    command: jest('conformance', '--maxWorkers=2', '--testPathPatterns', '(channel-suite|toy-channel)\\.test'),
    env: onServers,
  },
  { name: 'integration, embedded', needs: [], logs: true, command: jest('integration', '--maxWorkers=2') },
  {
    name: 'integration, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    logs: true,
    command: jest('integration', '--maxWorkers=2'),
    env: onServers,
  },
  {
    name: 'faults, embedded',
    needs: [],
    logs: true,
    command: jest('faults', '--runInBand', '--testPathIgnorePatterns', rates),
    group: 'faults',
  },
  {
    name: 'faults, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    logs: true,
    command: jest('faults', '--runInBand', '--testPathIgnorePatterns', rates),
    env: onServers,
    group: 'faults',
  },
  { name: 'faults of rates, embedded', needs: [], logs: true, command: jest('faults', '--runInBand', '--testPathPatterns', rates) },
  {
    name: 'faults of rates, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    logs: true,
    command: jest('faults', '--runInBand', '--testPathPatterns', rates),
    env: onServers,
  },
  // What two suites beside each other would build into one folder.
  { name: 'pages are built', needs: [], command: program('scripts/build.ts', 'console', 'h5') },
  // Browsers keep one core busy, the demos mostly wait.
  { name: 'end to end', needs: ['chromium'], logs: true, command: jest('e2e', '--runInBand'), group: 'screens and demos' },
  { name: 'mini-program', needs: ['chromium'], command: jest('miniapp', '--runInBand'), group: 'screens and demos' },
  { name: 'demo, embedded', needs: [], logs: true, command: program('scripts/demo/main.ts', '--json'), group: 'screens and demos' },
  {
    name: 'demo, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    logs: true,
    command: program('scripts/demo/main.ts', '--json', '--backend', 'postgres+redis'),
    group: 'screens and demos',
  },
  {
    name: 'demo with kills, embedded',
    needs: [],
    logs: true,
    command: program('scripts/demo/main.ts', '--json', '--kill', '3'),
    group: 'screens and demos',
  },
  {
    name: 'demo with kills, PostgreSQL + Redis',
    needs: ['postgres', 'redis'],
    logs: true,
    command: program('scripts/demo/main.ts', '--json', '--kill', '3', '--backend', 'postgres+redis'),
    group: 'screens and demos',
  },
];
