import { type AddressKind, addressKindOf } from '@suiban/shared/campaigns';
import { DomainError } from '@suiban/shared/errors';
import type { Address, CallContent } from '../../channels/channel';
import { randomDigits } from '../../kernel/crypto/token';
import type { OfficialActor } from '../../kernel/http/actor';
import { cardTaskId, linkOf, linkToken } from '../dispatch';
import type { Deps } from '../module';
import { explainCode } from './board/reasons';
import { requireStep } from './campaigns.policy';
import { problemFinding, requireSendable } from './content/checks';
import { renderBody } from './content/render';
import { contentFacts, requireCampaign, stepFacts } from './loading';

export type TestAddress = {
  readonly [T in TestedAddress['type']]: Omit<Extract<TestedAddress, { type: T }>, 'account'>;
}[TestedAddress['type']];
type TestedAddress = Exclude<Address, { type: 'wecom-linked' }>;

const fits: Readonly<Record<AddressKind, TestAddress['type']>> = {
  'wechat-mini': 'openid',
  'wechat-official': 'openid',
  wecom: 'wecom-member',
  'wecom-contact': 'wecom-contact',
  'alipay-mini': 'openid',
  sms: 'mobile',
  email: 'email',
};

export interface TestResult {
  readonly outcome: 'accepted' | 'refused' | 'unknown';
  readonly code: string | null;
  readonly codeLabel: string | null;
}

/**
 * One message to one person, outside the ledger; its link opens nothing, its card answers nothing.
 * @throws DomainError campaigns:content-not-sendable, campaigns:wrong-address, campaigns:wrong-state
 */
export async function sendTest(
  deps: Deps,
  actor: OfficialActor,
  campaignId: string,
  asked: { step: number; to: TestAddress },
): Promise<TestResult> {
  const row = await requireCampaign(deps.db, campaignId);
  requireStep(actor, row, await stepFacts(deps, deps.db, row, actor), 'test-send');
  const step = row.plan[asked.step];
  if (!step || fits[addressKindOf(step.body)] !== asked.to.type) throw new DomainError('campaigns:wrong-address');
  const channel = deps.channels.find(step.body.channel, step.account);
  const body = renderBody(step.body, await contentFacts(deps, deps.db, row));
  if (!channel || !body) throw new DomainError('campaigns:content-not-sendable', '这个渠道还没有配置，或内容不能以卡片发送');
  requireSendable(channel.check(body).map((problem) => problemFinding(`plan/${asked.step}/body`, problem)));
  // A number of its own, for a platform may swallow the second of two equal tests.
  const attemptNo = Number(randomDigits(5));
  const link = linkOf(deps.config.publicBaseUrl, linkToken(deps.config.secrets.linkKey, { campaignId: row.id, seq: 0, attemptNo }));
  const address: Address = { ...asked.to, account: step.account };
  const content: CallContent = {
    attemptKey: `c${row.id}a${attemptNo}`,
    body:
      body.channel === 'wecom' && body.form === 'card'
        ? { ...body, card: { ...body.card, taskId: cardTaskId('0', attemptNo, asked.step, 0) } }
        : body,
  };
  const [call] = channel.plan([{ ref: '0', address, link }], content);
  const [result] = call ? await channel.sendCall(call, AbortSignal.timeout(30_000)) : [];
  await deps.db.tx((tx) =>
    deps.audit.record(tx, {
      aggregate: 'campaign',
      aggregateId: row.id,
      action: 'campaign.test-sent',
      actor,
      after: { channel: step.body.channel, outcome: result?.outcome ?? 'unknown' },
    }),
  );
  if (!result || result.outcome === 'accepted') return { outcome: result?.outcome ?? 'unknown', code: null, codeLabel: null };
  return { outcome: result.outcome, code: result.code, codeLabel: explainCode(deps, step.body.channel, result.code).meaning.zh };
}
