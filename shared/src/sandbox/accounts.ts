import {
  alipayAppPrivateKey,
  alipayPublicKey,
  wechatPayMerchantCertificate,
  wechatPayMerchantPrivateKey,
  wechatPayPlatformCertificate,
  wechatPayPublicKey,
} from './keys';

/** A subscription template of the sandbox's mini-program. `type` 2 = one-time, 3 = long-term. */
export interface SandboxTemplate {
  readonly id: string;
  readonly title: string;
  readonly type: 2 | 3;
  /** In the order shown; `key` is type prefix + digits as the platform numbers them. */
  readonly keywords: readonly { readonly key: string; readonly name: string }[];
}

interface SandboxDraft {
  readonly mediaId: string;
  readonly title: string;
}

/**
 * The accounts of the sandbox: published on purpose, worth nothing outside it. The server uses an account of these where
 * the environment names none, and the emulators accept exactly these.
 */
export const sandboxAccounts = {
  wecom: {
    corpId: 'ww0000sandbox',
    agentId: 1000002,
    secret: 'sandbox-wecom-secret',
    token: 'sandboxWecomToken',
    encodingAesKey: 'c3VpYmFuLXNhbmRib3gtd2Vjb20tY2FsbGJhY2sta2U',
    robotKey: 'sandbox-wecom-robot-key',
    linkedCorps: [
      { corpId: 'ww0001sandbox', agentId: 1000011, secret: 'sandbox-linked-one-secret' },
      { corpId: 'ww0002sandbox', agentId: 1000012, secret: 'sandbox-linked-two-secret' },
    ],
  },
  wechatMini: {
    appId: 'wx0000000sandbox00',
    secret: 'sandbox-wechat-mini-secret',
    token: 'sandboxWechatMiniToken',
    encodingAesKey: 'c3VpYmFuLXNhbmRib3gtd2VjaGF0LW1pbmktY2Jrczg',
    templates: [
      {
        id: 'sandbox-template-cloud-visit-00000000000000',
        title: '调查问卷填写提醒',
        type: 2,
        keywords: [
          { key: 'thing1', name: '问卷名称' },
          { key: 'thing2', name: '发起单位' },
          { key: 'time3', name: '截止时间' },
          { key: 'thing4', name: '温馨提示' },
        ],
      },
      {
        id: 'sandbox-template-work-order-000000000000000',
        title: '诉求办理进度通知',
        type: 2,
        keywords: [
          { key: 'thing1', name: '诉求内容' },
          { key: 'phrase2', name: '办理状态' },
          { key: 'thing3', name: '承办单位' },
          { key: 'time4', name: '更新时间' },
        ],
      },
      {
        id: 'sandbox-template-policy-notice-0000000000000',
        title: '政策服务提醒',
        type: 3,
        keywords: [
          { key: 'thing1', name: '政策名称' },
          { key: 'thing2', name: '发布单位' },
          { key: 'date3', name: '申报截止' },
        ],
      },
    ] as readonly SandboxTemplate[],
  },
  /** A service account (服务号), linked to the mini-program under one open-platform account: people have the same unionid in both. */
  wechatOfficial: {
    appId: 'wx0000000sandbox01',
    userName: 'gh_sandbox0official',
    secret: 'sandbox-wechat-official-secret',
    token: 'sandboxWechatOfficialToken',
    encodingAesKey: 'c3VpYmFuLXNhbmRib3gtb2ZmaWNpYWwtY2FsbGJhY2s',
    templates: [
      {
        id: 'sandbox-official-cloud-visit-00000000000000',
        title: '调查问卷填写提醒',
        keywords: [
          { key: 'thing1', name: '问卷名称' },
          { key: 'thing2', name: '发起单位' },
          { key: 'time3', name: '截止时间' },
        ],
      },
      {
        id: 'sandbox-official-work-order-000000000000000',
        title: '诉求办理进度通知',
        keywords: [
          { key: 'thing1', name: '诉求内容' },
          { key: 'phrase2', name: '办理状态' },
          { key: 'time4', name: '更新时间' },
        ],
      },
    ] as readonly Omit<SandboxTemplate, 'type'>[],
    /** Of the city services (城市服务消息通路): for people of the linked mini-program, too. Its keys have no kinds. */
    cityTemplates: [
      {
        id: 'sandbox-city-work-order-0000000000000000000',
        title: '诉求办理进度',
        keywords: [
          { key: 'first', name: '说明' },
          { key: 'keynote1', name: '办理状态' },
          { key: 'keynote2', name: '承办单位' },
        ],
      },
    ] as readonly Omit<SandboxTemplate, 'type'>[],
    /** Articles written and not published. */
    drafts: [{ mediaId: 'sandbox-draft-policy-digest-000000000000000', title: '惠企政策摘要' }] as readonly SandboxDraft[],
  },
  alipay: {
    appId: '2021000000sandbox',
    sellerId: '2088000000sandbox',
    appPrivateKey: alipayAppPrivateKey,
    alipayPublicKey,
    templates: [
      {
        id: 'sandbox-alipay-cloud-visit-0000000',
        title: '调查问卷填写提醒',
        type: 2,
        keywords: [
          { key: 'keyword1', name: '问卷名称' },
          { key: 'keyword2', name: '发起单位' },
          { key: 'keyword3', name: '截止时间' },
        ],
      },
    ] as readonly SandboxTemplate[],
  },
  wechatPay: {
    mchId: '1900000sandbox',
    merchantSerial: '03EF68BC62824FBB4F764E69E9B1C8F3D33EC8E1',
    merchantCertificate: wechatPayMerchantCertificate,
    merchantPrivateKey: wechatPayMerchantPrivateKey,
    /** 32 bytes. */
    apiV3Key: 'sandbox-wechat-pay-api-v3-key-00',
    platformSerial: '07BE805A24DB284E8ABDB7C6F4301F731F0CEEC1',
    platformCertificate: wechatPayPlatformCertificate,
    publicKeyId: 'PUB_KEY_ID_0119000000sandbox',
    publicKey: wechatPayPublicKey,
  },
  email: { user: 'sandbox', password: 'sandbox-smtp-password', from: 'notice@city.example' },
  sms: { key: 'sandbox-sms-gateway-key' },
} as const;

/** Path under `SANDBOX_URL` at which each platform's base URL lies. Mail has a port of its own: the next one. */
export const sandboxPaths = {
  wecom: '/wecom',
  wechatMini: '/wechat',
  wechatOfficial: '/wechat',
  alipay: '/alipay',
  wechatPay: '/wechat-pay',
  sms: '/sms',
} as const;
export const sandboxSmtpPort = (sandboxPort: number): number => sandboxPort + 1;
