import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { identityApi, type PersonSession } from '@suiban/shared/api/identity';
import { ApiClient } from './api-client';
import type { PhoneMessage, SandboxClient } from './sandbox-client';
import { until } from './until';

const smsTo = async (sandbox: SandboxClient, mobile: string, fits: (message: PhoneMessage) => boolean): Promise<readonly PhoneMessage[]> =>
  (await sandbox.shown()).filter((message) => message.platform === 'sms' && message.recipient === mobile && fits(message));

/** Somebody signs in on the web page with the code that comes to their phone. */
export async function signInWithCode(baseUrl: string, sandbox: SandboxClient, mobile: string): Promise<PersonSession> {
  const client = new ApiClient(baseUrl);
  const codes = () => smsTo(sandbox, mobile, ({ body }) => /(?<!\d)\d{6}(?!\d)/.test(body) && /验证码/.test(body));
  const before = (await codes()).length;
  await client.call(identityApi.requestPhoneCode, { body: { mobile } });
  const message = await until('a sign-in code on the phone', async () => (await codes())[before], { timeoutMs: 30_000 });
  const code = /(?<!\d)\d{6}(?!\d)/.exec(message.body)?.[0] ?? '';
  return client.call(identityApi.signInByPhone, { body: { mobile, code } });
}

/** They follow the invitation that came by SMS, prove the number it went to, and speak for the firm from then on. */
export async function acceptInvitation(baseUrl: string, sandbox: SandboxClient, mobile: string): Promise<PersonSession> {
  const invitations = () => smsTo(sandbox, mobile, ({ link }) => link?.includes('/i/') ?? false);
  const invitation = await until('an invitation on the phone', async () => (await invitations()).at(-1), { timeoutMs: 60_000 });
  const token = new URL(invitation.link ?? '').pathname.split('/').at(-1) ?? '';
  const session = await signInWithCode(baseUrl, sandbox, mobile);
  const phone = new ApiClient(baseUrl);
  phone.token = session.token;
  await phone.call(enterprisesApi.bindByInvitation, { body: { token } });
  return session;
}
