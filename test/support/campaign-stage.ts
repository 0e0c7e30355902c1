import { randomUUID } from 'node:crypto';
import { accessTokens } from '../../bot-server/src/channels/access-tokens';
import { alipayMiniChannel } from '../../bot-server/src/channels/alipay-mini';
import type { Channel } from '../../bot-server/src/channels/channel';
import { emailChannel } from '../../bot-server/src/channels/email';
import { inboxChannel } from '../../bot-server/src/channels/inbox';
import { channelRegistry } from '../../bot-server/src/channels/registry';
import { smsChannel } from '../../bot-server/src/channels/sms';
import { wechatMiniChannel } from '../../bot-server/src/channels/wechat-mini';
import { wechatOfficialChannel } from '../../bot-server/src/channels/wechat-official';
import { wecomChannel } from '../../bot-server/src/channels/wecom';
import { loadConfig } from '../../bot-server/src/config/load-config';
import { aesFieldSealer } from '../../bot-server/src/kernel/crypto/aes-field-sealer';
import type { OfficialActor } from '../../bot-server/src/kernel/http/actor';
import { createOutbound } from '../../bot-server/src/kernel/outbound/create-outbound';
import type { Outbound } from '../../bot-server/src/kernel/outbound/outbound';
import { campaignsModule } from '../../bot-server/src/modules/campaigns';
import { dispatchModule } from '../../bot-server/src/modules/dispatch';
import { messagesModule } from '../../bot-server/src/modules/messages';
import type { Module } from '../../bot-server/src/modules/module';
import { createQuestionnaire, publishQuestionnaire } from '../../bot-server/src/modules/questionnaires';
import { subscriptionsModule } from '../../bot-server/src/modules/subscriptions';
import type { CampaignDraft } from '../../shared/src/api/campaigns';
import { sandboxAccounts } from '../../shared/src/sandbox';
import { pulseForm, type SurveyDocument } from '../../shared/src/surveys';
import { systemClock } from '../../shared/src/time';
import { type RunningEmulators, startEmulators } from '../emulators/start-emulators';
import { templateId } from './bodies';
import { testDatabase } from './database';
import { type TestDeps, testDeps } from './deps';
import { temporaryFolder } from './process';

/** A campaign module over a database of its own, real channels and the platforms' emulators; tasks and events run when told. */
export interface CampaignStage {
  readonly deps: TestDeps;
  readonly sandbox: RunningEmulators;
  readonly outbound: Outbound;
  readonly modules: readonly Module[];
  readonly drafter: OfficialActor;
  readonly signatory: OfficialActor;
  /** Runs tasks and events until nothing is left to do. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export const official = (roles: OfficialActor['roles'], bureauId = 'commerce'): OfficialActor => ({
  kind: 'official',
  id: randomUUID(),
  name: roles.join(),
  roles,
  bureauId,
  districtCodes: [],
});

/** No test waits for the next minute, but the one about it. */
const fast = { limits: { recipientsPerSec: 100_000, perPersonPerMin: 100_000 } };

export async function campaignStage(options: { channels?: (real: readonly Channel[]) => readonly Channel[] } = {}): Promise<CampaignStage> {
  const sandbox = await startEmulators({ port: 0 });
  const config = loadConfig({ DATA_DIR: temporaryFolder('campaigns'), NODE_ENV: 'test', LOG_LEVEL: 'silent', SANDBOX_URL: sandbox.url });
  const db = await testDatabase();
  const sealer = aesFieldSealer(config.secrets);
  const outbound = createOutbound({
    clock: systemClock,
    platformUrls: [
      config.accounts.wecom.baseUrl,
      config.accounts.wechatMini.baseUrl,
      config.accounts.wechatOfficial.baseUrl,
      config.accounts.alipay.baseUrl,
      config.accounts.sms.gatewayUrl,
    ],
  });
  const tokens = accessTokens({ db, sealer, clock: systemClock });
  const given = { outbound, tokens, clock: systemClock };
  const real = [
    inboxChannel(),
    wecomChannel(config.accounts.wecom, given, fast),
    wechatMiniChannel(config.accounts.wechatMini, given, fast),
    wechatOfficialChannel(config.accounts.wechatOfficial, given, fast),
    alipayMiniChannel(config.accounts.alipay, given, fast),
    smsChannel(config.accounts.sms, given, fast),
    emailChannel(config.accounts.email, given, fast),
  ];
  const deps = await testDeps({ config, db, sealer, channels: channelRegistry(options.channels?.(real) ?? real) });
  const modules = [dispatchModule(deps), subscriptionsModule(deps), messagesModule(deps), campaignsModule(deps)];
  deps.tasks.define([...modules.flatMap(({ tasks = [] }) => tasks), { queue: 'outbox', handle: async () => undefined }]);
  return {
    deps,
    sandbox,
    outbound,
    modules,
    drafter: official(['drafter']),
    signatory: official(['signatory']),
    async settle() {
      while ((await deps.tasks.runAll()) + (await deps.deliver(modules)) > 0);
    },
    async close() {
      await outbound.close();
      await deps.close();
      await sandbox.close();
    },
  };
}

/** A published questionnaire; exempt from registration unless told otherwise. */
export async function publishForm(stage: CampaignStage, change: (form: SurveyDocument) => SurveyDocument = exempt) {
  const author = official(['drafter', 'reviewer']);
  const form = change(pulseForm({ issuingBody: '市商务委', keptUntilOn: '2027-12-31' }));
  const made = await createQuestionnaire(stage.deps, author, form);
  await publishQuestionnaire(stage.deps, author, made.id, made.revision);
  return { questionnaireId: made.id, version: 1 };
}

export const exempt = (form: SurveyDocument): SurveyDocument => ({
  ...form,
  heading: { exempt: true, reason: '内部试点', issuingBody: '市商务委' },
});

export const everyone = { v: 1, when: { attribute: 'industryCode', operator: 'startsWith', value: '62' } } as const;

export const alipayTemplateId = sandboxAccounts.alipay.templates[0]?.id ?? '';

export const plans = {
  wecom: {
    account: 'default',
    body: {
      channel: 'wecom',
      form: 'textcard',
      title: '〔发起单位〕：〔问卷名称〕',
      description: '〔题数〕题，约〔用时〕，〔截止时间〕前',
      buttonText: '去填写',
    },
  },
  card: {
    account: 'default',
    body: { channel: 'wecom', form: 'card', title: '经营情况快问', description: '两个问题', buttonText: '提交' },
  },
  mini: {
    account: 'default',
    body: {
      channel: 'wechat-mini',
      templateId,
      data: { thing1: '经营情况快问', thing2: '〔发起单位〕', time3: '〔截止时间〕', thing4: '〔题数〕题，约〔用时〕' },
    },
  },
  official: {
    account: 'default',
    body: {
      channel: 'wechat-official',
      templateId: sandboxAccounts.wechatOfficial.templates[0]?.id ?? '',
      data: { thing1: '〔问卷名称〕', thing2: '〔发起单位〕', time3: '〔截止时间〕' },
      opens: 'link',
    },
  },
  alipay: {
    account: 'default',
    body: {
      channel: 'alipay-mini',
      templateId: alipayTemplateId,
      data: { keyword1: '〔问卷名称〕', keyword2: '〔发起单位〕', keyword3: '〔截止时间〕' },
    },
  },
  contact: {
    account: 'default',
    body: { channel: 'wecom', form: 'contact', text: '请填写《〔问卷名称〕》，〔截止时间〕前有效：〔链接〕' },
  },
  email: { account: 'default', body: { channel: 'email', subject: '【〔发起单位〕】〔问卷名称〕', text: '请填写：〔链接〕\n谢谢' } },
  sms: { account: 'default', body: { channel: 'sms', text: '请填写《〔问卷名称〕》：〔链接〕 退订回TD' } },
} as const satisfies Record<string, CampaignDraft['plan'][number]>;

export function draftOf(questionnaire: CampaignDraft['questionnaire'], change: Partial<CampaignDraft> = {}): CampaignDraft {
  return {
    kind: questionnaire ? 'cloud_visit' : 'notice',
    title: '餐饮企业经营情况快问',
    questionnaire,
    noticeText: questionnaire ? '' : '请各餐饮企业做好防汛准备。',
    audience: everyone,
    exclusions: { creditCodes: [], askedWithinDays: null, campaignIds: [], onePerPerson: true },
    plan: [plans.wecom],
    window: { startAt: null, notAfterAt: null, closesAt: '2026-06-20T10:00:00.000Z' },
    ...change,
  };
}
