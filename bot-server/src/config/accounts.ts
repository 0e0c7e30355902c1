/** Accounts at the platforms. A platform that is `off` has an empty account, and no channel is composed. */
export interface PlatformAccounts {
  readonly wecom: WecomAccount;
  readonly wechatMini: WechatMiniAccount;
  readonly wechatOfficial: WechatOfficialAccount;
  readonly alipay: AlipayAccount;
  readonly wechatPay: WechatPayAccount;
  readonly sms: SmsAccount;
  readonly email: EmailAccount;
}

export type PlatformName = keyof PlatformAccounts;

export interface WecomAccount {
  readonly baseUrl: string;
  /** Where a browser inside WeCom is sent to sign in (OAuth); the sandbox has its own page. */
  readonly authorizeUrl: string;
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
  readonly callbackToken: string;
  readonly encodingAesKey: string;
  /** Corps joined to the city's corp (上下游): own agent and token each. */
  readonly linkedCorps: readonly { readonly corpId: string; readonly agentId: number; readonly secret: string }[];
  /** Of the robot in the group of the operators; null: there is none. */
  readonly robotKey: string | null;
  /** `duplicate_check_interval` asked for, and so the window inside which recovery may repeat a request. */
  readonly duplicateCheckSec: number;
}

export interface WechatMiniAccount {
  readonly baseUrl: string;
  readonly appId: string;
  readonly secret: string;
  readonly callbackToken: string;
  readonly encodingAesKey: string;
}

export interface SmsAccount {
  readonly gatewayUrl: string;
  readonly gatewayKey: string;
}

export interface WechatOfficialAccount {
  readonly baseUrl: string;
  /** Where a browser is sent to sign in (OAuth); the sandbox has its own page. */
  readonly authorizeUrl: string;
  readonly appId: string;
  readonly secret: string;
  readonly callbackToken: string;
  readonly encodingAesKey: string;
  /** The mini-program that template messages and menus open. */
  readonly miniAppId: string;
}

/** Keys are bare base64 of DER, as Alipay hands them out; the private one PKCS#8 or PKCS#1. */
export interface AlipayAccount {
  /** Gateway, without `/gateway.do`. */
  readonly baseUrl: string;
  readonly appId: string;
  /** Whose money it is: compared in notices. */
  readonly sellerId: string;
  readonly appPrivateKey: string;
  readonly alipayPublicKey: string;
  /** Certificate mode: PEM of the app's certificate, Alipay's and the roots. `alipayPublicKey` is then empty. */
  readonly certificates?: { readonly app: string; readonly alipay: string; readonly root: string };
  /** The platform lists no templates: the city names those it applied for. */
  readonly templates: readonly {
    readonly id: string;
    readonly title: string;
    readonly type: 2 | 3;
    readonly keywords: readonly { readonly key: string; readonly name: string }[];
  }[];
}

export interface WechatPayAccount {
  readonly baseUrl: string;
  readonly mchId: string;
  readonly appId: string;
  readonly merchantSerial: string;
  /** Bare base64 of DER, PKCS#8 or PKCS#1. */
  readonly merchantPrivateKey: string;
  readonly apiV3Key: string;
  /** Public-key mode: `PUB_KEY_ID_…` and SPKI. Null for a merchant that has platform certificates only. */
  readonly publicKey: { readonly id: string; readonly key: string } | null;
}

export interface EmailAccount {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  readonly smtpUrl: string;
  readonly from: string;
}
