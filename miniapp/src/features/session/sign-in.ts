import { requestPhoneCode, signInByLink, signInByPhone, signInByPlatform, signOut } from '@/api/identity';
import { platform } from '@/platform/current';
import { sessions } from '.';

export { requestPhoneCode };

export async function signInWithPhone(mobile: string, code: string): Promise<void> {
  sessions.start(await signInByPhone(mobile, code));
}

/** Only where `platform.signIn` is there. */
export async function signInWithPlatform(): Promise<void> {
  if (!platform.signIn) return;
  sessions.start(await signInByPlatform(platform.signIn.platform, await platform.signIn.code()));
}

/** Opens a personal link. @returns the campaign and the firm it is for; null for a link that is for neither */
export async function signInWithLink(link: string): Promise<{ campaignId: string; enterpriseId: string } | null> {
  const session = await signInByLink(link);
  sessions.start(session);
  return session.me.scope;
}

/** Signs out on this device at once, whether or not the server can be told now. */
export async function signOutHere(): Promise<void> {
  const token = sessions.store.get().main?.token;
  if (!token) return;
  sessions.drop(token);
  await signOut(token).catch(() => undefined);
}
