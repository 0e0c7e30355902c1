import { sandboxAccounts, sandboxPersonas } from '@suiban/shared/sandbox';
import type { SandboxClient } from '../support/sandbox-client';
import { creditsEach, type ListedFirm } from './firm-list';

/** The sandbox forgets everything with its process: at each start the firms' people get their phones, and the credits they gave. */
export async function givePhones(sandbox: SandboxClient, firms: readonly ListedFirm[]): Promise<void> {
  const credits = Object.fromEntries(
    sandboxAccounts.wechatMini.templates.filter(({ type }) => type === 2).map(({ id }) => [id, creditsEach * 10]),
  );
  await sandbox.addPersonas(
    firms.map(({ creditCode, name, contact, mobile, openid, wecom }) => {
      const known = sandboxPersonas.find(({ firm }) => firm === name);
      const elsewhere = known ? { officialOpenid: known.officialOpenid, unionid: known.unionid, alipayOpenId: known.alipayOpenId } : {};
      return {
        id: known?.id ?? creditCode,
        name: contact,
        firm: name,
        mobile,
        openid,
        wecom,
        ...elsewhere,
        ...(openid ? { credits } : {}),
      };
    }),
  );
}
