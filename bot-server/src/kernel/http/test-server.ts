import { createLogger } from '../log/create-logger';
import type { OfficialActor, PersonActor, Role } from './actor';
import type { Authenticator } from './authenticator';
import type { Route } from './route';
import { createHttpServer, type HttpServerOptions } from './server';

/** For tests: a server on a free port, with two people known by their tokens and nothing stored. */
export const testOfficial: OfficialActor = {
  kind: 'official',
  id: 'official-1',
  name: '测试官员',
  roles: ['drafter'],
  bureauId: 'economy',
  districtCodes: [],
};
export const testPerson: PersonActor = { kind: 'person', id: 'person-1', enterpriseIds: [] };

const authenticator: Authenticator = {
  official: async (token) => (token === 'official-token' ? testOfficial : undefined),
  person: async (token) => (token === 'person-token' ? testPerson : undefined),
};

const absent = (): never => {
  throw new Error('no database in this test');
};

export interface TestServer {
  readonly url: string;
  readonly lines: readonly string[];
  /** As an official's browser would send it. */
  readonly asOfficial: Readonly<Record<string, string>>;
  readonly asPerson: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const absentTx = { rows: absent, first: absent, one: absent, run: absent };

export async function startTestServer(
  routes: readonly Route[],
  overrides: Partial<Omit<HttpServerOptions, 'config'>> & {
    config?: Partial<HttpServerOptions['config']>;
    permissions?: Readonly<Record<string, readonly Role[]>>;
  } = {},
): Promise<TestServer> {
  const lines: string[] = [];
  const { config, permissions, ...rest } = overrides;
  const server = createHttpServer({
    log: createLogger({ level: 'debug', destination: { write: (line) => lines.push(line) } }),
    db: { kind: 'pglite', ...absentTx, urgent: absentTx, tx: absent, stream: absent, close: async () => undefined },
    sealer: { seal: absent, open: absent, blindIndex: absent },
    modules: [{ name: 'things', routes, permissions: permissions ?? { write: ['drafter'], review: ['reviewer'], own: [] } }],
    authenticator,
    system: [],
    ...rest,
    config: {
      environment: 'test',
      publicBaseUrl: 'https://city.example',
      trustedProxies: 0,
      rateFactor: 1,
      consoleDir: '/nonexistent/console',
      h5Dir: '/nonexistent/h5',
      host: '127.0.0.1',
      port: 0,
      ...config,
    },
  });
  const url = `http://127.0.0.1:${await server.listen()}`;
  return {
    url,
    lines,
    asOfficial: { cookie: 'suiban_session=official-token', 'x-suiban-csrf': '1', origin: url },
    asPerson: { authorization: 'Bearer person-token' },
    close: () => server.drain(200),
  };
}
