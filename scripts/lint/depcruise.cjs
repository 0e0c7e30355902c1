const shared = '^shared/src/';
const kernel = '^bot-server/src/kernel/';
const channels = '^bot-server/src/channels/';
const modules = '^bot-server/src/modules/';
const inTests = '([.]test[.]tsx?$|^test/)';

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

/** The directions of the code base: shared ← kernel ← channels | modules ← compose ← main; shared ← miniapp, console. */
module.exports = {
  forbidden: [
    forbid(
      'shared-is-a-leaf',
      'shared runs on phones too',
      { path: shared, pathNot: inTests },
      { path: '^(bot-server|miniapp|test|scripts)/' },
    ),
    forbid('shared-is-runtime-free', 'no Node in shared', { path: shared, pathNot: inTests }, { dependencyTypes: ['core'] }),
    forbid('miniapp-never-server', 'the phone knows the contract only', { path: '^miniapp/' }, { path: '^bot-server/' }),
    forbid('server-never-miniapp', 'the server knows no screen', { path: '^bot-server/src/' }, { path: '^(miniapp|bot-server/console)/' }),
    forbid(
      'console-knows-the-contract-only',
      'the console speaks HTTP',
      { path: '^bot-server/console/src/' },
      { path: '^bot-server/src/' },
    ),
    forbid('kernel-knows-no-domain', 'kernel is technique', { path: kernel, pathNot: inTests }, { path: [modules, channels] }),
    forbid('channel-knows-no-domain', 'a channel is a platform', { path: channels }, { path: modules }),
    forbid(
      'channel-knows-no-sibling',
      'one folder per platform',
      { path: `${channels}([^/]+)/` },
      { path: `${channels}[^/]+/`, pathNot: `${channels}($1|support)/` },
    ),
    forbid(
      'module-uses-channel-port-only',
      'modules see the port, never a platform',
      { path: modules, pathNot: inTests },
      {
        path: channels,
        pathNot: `${channels}(channel|chat|payment|registry|content|platform-error)[.]ts$`,
      },
    ),
    forbid(
      'module-front-door',
      'a module is entered through its index',
      { path: `${modules}([^/]+)/` },
      {
        path: `${modules}[^/]+/`,
        pathNot: [`${modules}$1/`, `${modules}[^/]+/index[.]ts$`],
      },
    ),
    forbid('routes-never-sql', 'routes bind, they do not query', { path: '[.]routes[.]ts$' }, { path: '([.]repo[.]ts$|/kernel/db/)' }),
    forbid('use-case-never-http', 'use-cases know no Koa', { path: modules }, { path: 'node_modules/(koa|@koa)/' }),
    forbid(
      'production-never-tests',
      'tests are not shipped',
      { path: '^(shared|bot-server|miniapp)/', pathNot: inTests },
      { path: inTests },
    ),
    forbid('no-cycles', 'a cycle hides the direction', {}, { circular: true }),
    forbid(
      'not-to-unresolvable',
      'a wrong path',
      {},
      { couldNotResolve: true, pathNot: '[.](css|scss|png|svg)$|^vite/client$|^bun:|^virtual:' },
    ),
  ],
  required: [
    {
      name: 'use-case-checks-policy',
      severity: 'error',
      comment: 'every use-case asks its policy',
      module: { path: `${modules}([^/]+)/[a-z]+(-[a-z]+)+[.]ts$` },
      to: { path: `${modules}$1/[^/]+[.]policy[.]ts$` },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    parser: 'swc',
    webpackConfig: { fileName: 'scripts/lint/boundaries-aliases.cjs' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|^[.]cache/|^[.]data/|test/load/peers/)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
