import type { SandboxTemplate } from '@suiban/shared/sandbox';
import type { Clock } from '@suiban/shared/time';
import { PushSender } from '../push/push-sender';
import { EmulatedClock } from './emulated-clock';
import { Menus } from './menus';
import { Observation } from './observation';
import { People, type Persona } from './people';
import { RequestLog } from './request-log';
import { Script } from './script';

export interface WecomCorp {
  readonly corpId: string;
  readonly agentId: number;
  readonly secret: string;
}

/** The accounts that exist on these platforms. Shape of `sandboxAccounts`. */
export interface EmulatedAccounts {
  readonly wecom: WecomCorp & {
    readonly robotKey: string;
    readonly token: string;
    readonly encodingAesKey: string;
    readonly linkedCorps: readonly WecomCorp[];
  };
  readonly wechatMini: {
    readonly appId: string;
    readonly secret: string;
    readonly token: string;
    readonly encodingAesKey: string;
    readonly templates: readonly SandboxTemplate[];
  };
  readonly wechatOfficial: {
    readonly appId: string;
    readonly userName: string;
    readonly secret: string;
    readonly token: string;
    readonly encodingAesKey: string;
    readonly templates: readonly Omit<SandboxTemplate, 'type'>[];
    readonly cityTemplates: readonly Omit<SandboxTemplate, 'type'>[];
    readonly drafts: readonly { readonly mediaId: string; readonly title: string }[];
  };
  readonly alipay: { readonly appId: string; readonly sellerId: string; readonly templates: readonly SandboxTemplate[] };
  readonly wechatPay: {
    readonly mchId: string;
    readonly merchantCertificate: string;
    readonly apiV3Key: string;
    readonly platformSerial: string;
    readonly platformCertificate: string;
    readonly publicKeyId: string;
  };
  readonly sms: { readonly key: string };
  readonly email: { readonly user: string; readonly password: string };
}

/** Everything the platforms share: one clock, one script, one set of people, one record of what happened. */
export class World {
  readonly clock: EmulatedClock;
  readonly observation: Observation;
  readonly requests: RequestLog;
  readonly script = new Script();
  readonly people: People;
  readonly pushes: PushSender;
  /** As the accounts set them: no reset takes them away. */
  readonly menus = new Menus();
  private readonly onReset: (() => void)[] = [];
  private nextId = 1;

  constructor(
    readonly accounts: EmulatedAccounts,
    seeds: readonly Persona[],
    clock?: Clock,
  ) {
    this.clock = new EmulatedClock(clock);
    this.observation = new Observation(() => this.clock.now());
    this.requests = new RequestLog(() => this.clock.now());
    this.people = new People(seeds);
    this.pushes = new PushSender(this.script, this.requests);
  }

  /** Unique in this process and across restarts of it, for the machine's clock is in it. */
  newId(prefix: string): string {
    this.nextId += 1;
    return `${prefix}${this.clock.ms().toString(36)}${this.nextId.toString(36)}`;
  }

  /** Name of an account in callback paths: the only one there is comes from environment variables. */
  readonly accountName = 'default';

  whenReset(act: () => void): void {
    this.onReset.push(act);
  }

  reset(): void {
    this.clock.offsetMs = 0;
    this.script.reset();
    this.people.clear();
    this.requests.clear();
    this.pushes.close();
    for (const act of this.onReset) act();
    this.observation.clear();
  }
}
