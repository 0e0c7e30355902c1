import type { Channel, Recipient, SendResult } from '../../channels/channel';
import type { TaskDefinition } from '../../kernel/tasks/tasks';
import type { Deps } from '../module';
import { mobilePurpose } from './contacts.repo';
import { invitationLimits } from './enterprises.policy';
import { advanceFunnel } from './enterprises.repo';
import { countPlanned, type DueInvitation, giveUpStale, type Settled, settle, takeDue } from './invitations.repo';
import { invitationToken } from './tokens';

/*
 * planned → sending → accepted | refused | unknown. A window of at most 50 is marked `sending` and committed, then sent outside any
 * transaction, then settled. A crash between leaves at most one window per worker, which the sweep turns into `unknown`: the gateway
 * recognises no repeat, so nothing is sent again without a person's word.
 */
export const invitationQueue = 'invitation-sending';
const sendTimeoutMs = 20_000;
/** No call lives longer than its timeout: a mark older than this belongs to a worker that is gone. */
const staleAfterMs = 3 * sendTimeoutMs;

export const invitationTask = (deps: Deps): TaskDefinition => ({
  queue: invitationQueue,
  everyMs: 30_000,
  handle: async (_, { signal }) => {
    await giveUpStale(deps.db, new Date(deps.clock.now().getTime() - staleAfterMs), deps.clock.now());
    const channel = deps.channels.find('sms', 'default');
    if (!channel) return;
    while (!signal.aborted && (await sendWindow(deps, channel))) {
      // Each window is its own unit of work; the loop ends when nothing is planned.
    }
    if (signal.aborted && (await countPlanned(deps.db)) > 0) await deps.tasks.wake(invitationQueue, {}, { key: 'send' });
  },
});

async function sendWindow(deps: Deps, channel: Channel): Promise<boolean> {
  const due = await deps.db.tx((tx) => takeDue(tx, invitationLimits.windowSize, deps.clock.now()));
  if (due.length === 0) return false;
  const results = await Promise.all(due.map(async (one) => settledOf(one, await send(deps, channel, one))));
  const reached = due.filter((_, index) => results[index]?.state !== 'refused').map((one) => one.enterprise_id);
  await deps.db.tx(async (tx) => {
    await settle(tx, results, deps.clock.now());
    await advanceFunnel(tx, reached, 'invited', deps.clock.now());
  });
  return true;
}

async function send(deps: Deps, channel: Channel, invitation: DueInvitation): Promise<SendResult | undefined> {
  const { city, config, sealer } = deps;
  const mobile = sealer.open(mobilePurpose, invitation.mobile_sealed);
  const recipient: Recipient = {
    ref: '0',
    address: { type: 'mobile', account: channel.account, mobile },
    link: `${config.publicBaseUrl}/i/${invitationToken(config.secrets.linkKey, invitation.id)}`,
  };
  const days = invitationLimits.lifeMs / (24 * 3_600_000);
  const text = `邀请贵企业经办人绑定“${city.productName}”，接收政策通知、反映诉求。点击 {link} 用本手机号验证，${days} 天内有效。非本人请忽略。`;
  const content = {
    attemptKey: `i${invitation.id}t${invitation.tries}`,
    body: { channel: 'sms', signName: city.smsSignName, text } as const,
  };
  const [call] = channel.plan([recipient], content);
  if (!call) return undefined;
  const [result] = await channel.sendCall(call, AbortSignal.timeout(sendTimeoutMs));
  return result;
}

function settledOf({ id }: DueInvitation, result: SendResult | undefined): Settled {
  if (!result) return { id, state: 'refused', code: 'not-planned' };
  return { id, state: result.outcome, code: result.outcome === 'accepted' ? null : result.code };
}
