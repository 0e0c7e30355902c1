import { alipayMiniChannel } from '../../bot-server/src/channels/alipay-mini';
import { gatewayClient } from '../../bot-server/src/channels/alipay-mini/client';
import type { Channel } from '../../bot-server/src/channels/channel';
import { smtpServerOf } from '../../bot-server/src/channels/email/connection';
import { reachServer } from '../../bot-server/src/channels/email/reach-server';
import { PlatformError } from '../../bot-server/src/channels/platform-error';
import { wechatClient } from '../../bot-server/src/channels/wechat-client';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wechatOfficialChannel } from '../../bot-server/src/channels/wechat-official';
import { explain as explainOfficial } from '../../bot-server/src/channels/wechat-official/errors';
import { payClient } from '../../bot-server/src/channels/wechat-pay/client';
import { platformKeys } from '../../bot-server/src/channels/wechat-pay/platform-keys';
import { wecomClient } from '../../bot-server/src/channels/wecom/client';
import type { PlatformName } from '../../bot-server/src/config/accounts';
import type { Logger } from '../../bot-server/src/kernel/log/logger';
import type { Check, CheckDeps } from './check';

/** WeCom and WeChat alike: nobody made a menu yet. */
const noMenu = '46003';

async function menuWords(read: () => Promise<Readonly<Record<string, unknown>>>): Promise<string> {
  try {
    const body = await read();
    const menu = (body.menu ?? body) as { button?: unknown };
    return `token, menu of ${Array.isArray(menu.button) ? menu.button.length : 0} entries`;
  } catch (error) {
    if (error instanceof PlatformError && error.code === noMenu) return 'token, no menu yet';
    throw error;
  }
}

const templateWords = async (channel: Pick<Channel, 'templates'>): Promise<string> => {
  const templates = (await channel.templates?.()) ?? [];
  const longTerm = templates.filter(({ isLongTerm }) => isLongTerm).length;
  return `token, ${templates.length} templates (${longTerm} without a limit)`;
};

/** Every check of a platform that has an account. */
export const checksOf: Readonly<Record<PlatformName, (deps: CheckDeps) => readonly Check[]>> = {
  wecom({ accounts, outbound, tokens }) {
    const client = wecomClient(outbound.platform(accounts.wecom.baseUrl), tokens);
    const { corpId, agentId, secret, linkedCorps } = accounts.wecom;
    return [{ corpId, agentId, secret }, ...linkedCorps].map((app, index) => ({
      platform: 'wecom',
      name: index === 0 ? 'own application' : `joined corp ${index}`,
      run: () => menuWords(() => client.demand(app, { path: '/cgi-bin/menu/get', query: { agentid: app.agentId } })),
    }));
  },
  wechatMini: (deps) => [
    { platform: 'wechatMini', name: 'templates', run: () => templateWords(wechatMiniChannel(deps.accounts.wechatMini, deps)) },
  ],
  wechatOfficial(deps) {
    const { appId, secret, baseUrl } = deps.accounts.wechatOfficial;
    const app = { platform: 'wechat-official', appId, secret, explain: explainOfficial } as const;
    const client = wechatClient(app, deps.outbound.platform(baseUrl), deps.tokens);
    return [
      { platform: 'wechatOfficial', name: 'menu', run: () => menuWords(() => client.demand({ path: '/cgi-bin/menu/get' })) },
      {
        platform: 'wechatOfficial',
        name: 'templates',
        run: () => templateWords(wechatOfficialChannel(deps.accounts.wechatOfficial, deps)),
      },
    ];
  },
  alipay: (deps) => [
    { platform: 'alipay', name: 'signed request', run: () => alipaySignature(deps) },
    { platform: 'alipay', name: 'templates (configured)', run: () => templateWords(alipayMiniChannel(deps.accounts.alipay, deps)) },
  ],
  wechatPay: (deps) => [{ platform: 'wechatPay', name: 'certificates', run: () => payCertificates(deps) }],
  // A gateway has no call that sends nothing.
  sms: () => [],
  email: ({ accounts }) => [
    {
      platform: 'email',
      name: 'sign-in at the server',
      async run() {
        const answer = await reachServer(smtpServerOf(accounts.email.smtpUrl), accounts.email.from);
        if (answer === 'reached') return 'connected, signed in, no mail sent';
        throw new Error(answer);
      },
    },
  ],
};

/** A made-up login code: who answers "no such code" has accepted our signature. */
async function alipaySignature({ accounts, outbound, clock }: CheckDeps): Promise<string> {
  const client = gatewayClient(accounts.alipay, outbound.platform(accounts.alipay.baseUrl), clock);
  const params = { grant_type: 'authorization_code', code: 'smoke-there-is-no-such-code' };
  const answer = await client.call({ method: 'alipay.system.oauth.token', params });
  if (answer.kind === 'refused' && answer.code === 'isv.code-invalid')
    return 'signature accepted (a made-up code was refused, as it should be)';
  throw new Error(answer.kind === 'answer' ? 'a made-up login code was accepted' : `${answer.kind}: ${answer.code}`);
}

/** Looking for a serial nobody has makes the certificates be fetched; what came of it is said in a log line. */
async function payCertificates({ accounts, outbound, clock }: CheckDeps): Promise<string> {
  const account = accounts.wechatPay;
  let told: { kind?: unknown; outcome?: unknown } = {};
  const log = {
    info(line: object) {
      told = line;
    },
  } as unknown as Logger;
  const client = payClient(account, outbound.platform(account.baseUrl), clock);
  const found = await platformKeys(account, client, { clock, log }).find('0'.repeat(40));
  if (told.kind === 'answer') return `request signature accepted, answer verified, ${String(told.outcome)} platform certificates`;
  if (told.kind === 'refused' && told.outcome === 404 && account.publicKey)
    return 'request signature accepted; the merchant has the public key only';
  throw new Error(`${String(told.kind ?? found)}: ${String(told.outcome ?? 'no answer')}`);
}
