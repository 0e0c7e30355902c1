import { identityApi } from '@suiban/shared/api/identity';
import { TOTP } from 'otpauth';
import { ApiClient } from './api-client';

/** Officials by what they do; each is a signed-in client of their own. */
export interface Cast {
  readonly drafter: ApiClient;
  readonly signatory: ApiClient;
  readonly dispatcher: ApiClient;
  readonly supervisor: ApiClient;
  /** Who answers for a bureau. */
  handlerOf(bureauId: string): Promise<ApiClient>;
}

/** Password alone: demo officials of an embedded database. @throws ApiProblem; Error when a second factor is asked for */
export async function signInDemo(baseUrl: string, username: string): Promise<ApiClient> {
  const client = new ApiClient(baseUrl);
  const { items } = await client.call(identityApi.listDemoOfficials);
  const account = items.find((each) => each.username === username);
  if (!account) throw new Error(`there is no demo official ${username}: demo officials exist on an embedded database only`);
  const answer = await client.call(identityApi.signIn, { body: { username, password: account.password } });
  if (answer.next !== 'done') throw new Error(`${username}: a demo official was asked for a second factor`);
  return client;
}

/** The demo officials of an embedded database, signed in as they are needed. */
export async function demoCast(baseUrl: string): Promise<Cast> {
  const handlers = new Map<string, Promise<ApiClient>>();
  const { items } = await new ApiClient(baseUrl).call(identityApi.listDemoOfficials);
  const usernames = new Set(items.map(({ username }) => username));
  return {
    drafter: await signInDemo(baseUrl, 'drafter'),
    signatory: await signInDemo(baseUrl, 'signatory'),
    dispatcher: await signInDemo(baseUrl, 'dispatcher'),
    supervisor: await signInDemo(baseUrl, 'supervisor'),
    handlerOf(bureauId) {
      const username = usernames.has(`handler-${bureauId}`) ? `handler-${bureauId}` : 'handler';
      const known = handlers.get(bureauId) ?? signInDemo(baseUrl, username);
      handlers.set(bureauId, known);
      return known;
    },
  };
}

/** First sign-in of an official just added: enrols the second factor, then sets a password of their own, as the console does. */
export async function firstSignIn(baseUrl: string, username: string, firstPassword: string): Promise<ApiClient> {
  const client = new ApiClient(baseUrl);
  const offered = await client.call(identityApi.signIn, { body: { username, password: firstPassword } });
  if (offered.next !== 'enrol') throw new Error(`${username}: expected the enrolment of a second factor, got ${offered.next}`);
  const code = new TOTP({ secret: offered.secret, algorithm: 'SHA1', digits: 6, period: 30 }).generate();
  const answer = await client.call(identityApi.signIn, { body: { username, password: firstPassword, code } });
  if (answer.next !== 'done') throw new Error(`${username}: the enrolled code was not taken`);
  const own = `${firstPassword}-own`;
  await client.call(identityApi.changeMyPassword, { body: { currentPassword: firstPassword, newPassword: own } });
  return client;
}
