import type { Tx } from '../../kernel/db/database';
import type { Role } from '../../kernel/http/actor';

/** How a platform knows a person. Of a WeCom member `subject` is the userid in the corp `corpId`. */
export interface PlatformIdentity {
  readonly kind: 'wechat-mini' | 'wechat-official' | 'alipay-mini' | 'wecom';
  readonly account: string;
  readonly subject: string;
  readonly corpId?: string;
}

/** By what a firm's agents are recognised. */
export interface PersonKeys {
  readonly personId: string;
  readonly mobileIndex: string | null;
  /** Of the WeChat mini-program. */
  readonly openids: readonly { readonly account: string; readonly openid: string }[];
  /** By every client, the mini-program's too. */
  readonly identities: readonly PlatformIdentity[];
}

export interface AgentEnterprise {
  readonly enterpriseId: string;
  readonly name: string;
  readonly isDemo: boolean;
}

/** What identity needs of modules that stand above it; given by `compose.ts`, so that the arrows of the module graph hold. */
export interface IdentityPorts {
  /** Permissions of every module, asked at request time. */
  permissions(): Readonly<Record<string, readonly Role[]>>;
  /** Enterprises whose agent (经办人) this person is. */
  agentEnterprises(tx: Tx, keys: PersonKeys): Promise<readonly AgentEnterprise[]>;
  /** One enterprise for the face of a link session; undefined when it is gone. */
  enterprise(tx: Tx, enterpriseId: string): Promise<AgentEnterprise | undefined>;
}
