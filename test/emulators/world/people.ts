import { createHash } from 'node:crypto';
import type { Platform } from './observation';

/** Somebody with a phone: an identity per platform. */
export interface Persona {
  readonly id: string;
  readonly name: string;
  readonly role: 'resident' | 'agent';
  readonly firm: string;
  readonly mobile: string | null;
  readonly openid: string | null;
  /** Of the Official Account: another account, another openid; the unionid is the same in both. */
  readonly officialOpenid: string | null;
  readonly unionid: string | null;
  readonly alipayOpenId: string | null;
  readonly wecom: { readonly corpId: string; readonly userId: string } | null;
  /** Lower case. */
  readonly email: string | null;
  readonly isSeeded: boolean;
}

export type NewPersona = Partial<Omit<Persona, 'isSeeded'>> & { readonly name?: string };

const openidLook = /^o[0-9A-Za-z_-]{5,63}$/;
const memberKey = (corpId: string, userId: string): string => `${corpId}/${userId.toLowerCase()}`;

/**
 * Who exists. Registered people first; besides them a rule, so that a test needs no registration: userids that begin with
 * `u` exist in every corp, openids that look like one (`o…`) exist, Alipay's begin with `0`, and every mobile number has a phone.
 */
export class People {
  private readonly byId = new Map<string, Persona>();
  private readonly byOpenid = new Map<string, Persona>();
  private readonly byOfficial = new Map<string, Persona>();
  private readonly byAlipay = new Map<string, Persona>();
  private readonly byMember = new Map<string, Persona>();
  private readonly byMobile = new Map<string, Persona>();

  constructor(private readonly seeds: readonly Persona[]) {
    this.clear();
  }

  add(fresh: NewPersona, isSeeded = false): Persona {
    const id =
      fresh.id ??
      `p-${fresh.openid ?? fresh.officialOpenid ?? fresh.wecom?.userId ?? fresh.alipayOpenId ?? fresh.mobile ?? this.byId.size + 1}`;
    const persona: Persona = {
      id,
      name: fresh.name ?? '未具名',
      role: fresh.role ?? 'agent',
      firm: fresh.firm ?? '',
      mobile: fresh.mobile ?? null,
      openid: fresh.openid ?? null,
      officialOpenid: fresh.officialOpenid ?? null,
      unionid: fresh.unionid ?? null,
      alipayOpenId: fresh.alipayOpenId ?? null,
      wecom: fresh.wecom ?? null,
      email: fresh.email?.toLowerCase() ?? null,
      isSeeded,
    };
    this.byId.set(id, persona);
    if (persona.openid) this.byOpenid.set(persona.openid, persona);
    if (persona.officialOpenid) this.byOfficial.set(persona.officialOpenid, persona);
    if (persona.alipayOpenId) this.byAlipay.set(persona.alipayOpenId, persona);
    if (persona.mobile) this.byMobile.set(persona.mobile, persona);
    if (persona.wecom) this.byMember.set(memberKey(persona.wecom.corpId, persona.wecom.userId), persona);
    return persona;
  }

  /** Registered people by id; else an address as id: `wechat:<openid>`, `wechat-official:<openid>`, `wecom:<corp>/<userid>`, `alipay:<open id>`, `sms:<mobile>`, `email:<address>`. */
  find(id: string): Persona | undefined {
    const known = this.byId.get(id);
    if (known) return known;
    const address = /^(wechat|wechat-official|wecom|alipay|sms|email):(?:([^/]+)\/)?([^/]+)$/.exec(id);
    const value = address?.[3];
    if (!address || !value) return undefined;
    if (address[1] === 'wechat') return this.byOpenid.get(value) ?? this.strangerOf(id, value, { openid: value });
    if (address[1] === 'wechat-official') return this.byOfficial.get(value) ?? this.strangerOf(id, value, { officialOpenid: value });
    if (address[1] === 'alipay') return this.byAlipay.get(value) ?? this.strangerOf(id, value, { alipayOpenId: value });
    if (address[1] === 'email') return this.strangerOf(id, value, { email: value.toLowerCase() });
    if (address[1] === 'sms') return this.byMobile.get(value) ?? this.strangerOf(id, value, { mobile: value });
    const corpId = address[2];
    if (!corpId) return undefined;
    return this.byMember.get(memberKey(corpId, value)) ?? this.strangerOf(id, value, { wecom: { corpId, userId: value } });
  }

  memberExists(corpId: string, userId: string): boolean {
    return this.byMember.has(memberKey(corpId, userId)) || /^u[0-9A-Za-z_.@-]*$/i.test(userId);
  }

  /** Registered members: whom `@all` reaches. */
  membersOf(corpId: string): string[] {
    return [...this.byMember.values()].flatMap((persona) => (persona.wecom?.corpId === corpId ? [persona.wecom.userId] : []));
  }

  openidExists(openid: string): boolean {
    return this.byOpenid.has(openid) || (openidLook.test(openid) && !this.byOfficial.has(openid));
  }

  officialOpenidExists(openid: string): boolean {
    return this.byOfficial.has(openid) || (openidLook.test(openid) && !this.byOpenid.has(openid));
  }

  /** Registered people that the Official Account knows: whom a mass message reaches. */
  officialOpenids(): string[] {
    return [...this.byOfficial.keys()];
  }

  /** Registered people at Alipay: the followers of the life account. */
  alipayOpenIds(): string[] {
    return [...this.byAlipay.keys()];
  }

  /** One per person and open-platform account, whichever of its openids was asked about. */
  unionidOf(openid: string): string {
    const persona = this.byOpenid.get(openid) ?? this.byOfficial.get(openid);
    if (persona?.unionid) return persona.unionid;
    const first = persona?.openid ?? persona?.officialOpenid ?? openid;
    return `u${createHash('sha256').update(first).digest('base64url').slice(0, 27)}`;
  }

  alipayExists(openId: string): boolean {
    return this.byAlipay.has(openId) || /^0[0-9A-Za-z_-]{9,127}$/.test(openId) || /^2088\d{12}$/.test(openId);
  }

  search(query: string, limit: number): Persona[] {
    const wanted = query.trim().toLowerCase();
    const found: Persona[] = [];
    for (const persona of this.byId.values()) {
      const texts = [
        persona.name,
        persona.firm,
        persona.mobile,
        persona.openid,
        persona.officialOpenid,
        persona.alipayOpenId,
        persona.wecom?.userId,
        persona.id,
      ];
      if (wanted === '' || texts.some((text) => text?.toLowerCase().includes(wanted))) found.push(persona);
      if (found.length >= limit) break;
    }
    return found;
  }

  get size(): number {
    return this.byId.size;
  }

  clear(): void {
    for (const map of [this.byId, this.byOpenid, this.byOfficial, this.byAlipay, this.byMember, this.byMobile]) map.clear();
    for (const seed of this.seeds) this.add(seed, true);
  }

  private strangerOf(id: string, name: string, address: Partial<Persona>): Persona {
    return { ...nobody, id, name, ...address };
  }
}

const nobody: Persona = {
  id: '',
  name: '',
  role: 'agent',
  firm: '',
  mobile: null,
  openid: null,
  officialOpenid: null,
  unionid: null,
  alipayOpenId: null,
  wecom: null,
  email: null,
  isSeeded: false,
};

/** The chats one person has, by platform. */
export function chatKeysOf(persona: Persona): Partial<Record<Platform, string>> {
  return {
    ...(persona.openid ? { wechat: `wechat:${persona.openid}` } : {}),
    ...(persona.officialOpenid ? { 'wechat-official': `wechat-official:${persona.officialOpenid}` } : {}),
    ...(persona.wecom ? { wecom: `wecom:${persona.wecom.corpId}/${persona.wecom.userId.toLowerCase()}` } : {}),
    ...(persona.alipayOpenId ? { alipay: `alipay:${persona.alipayOpenId}` } : {}),
    ...(persona.mobile ? { sms: `sms:${persona.mobile}` } : {}),
    ...(persona.email ? { email: `email:${persona.email}` } : {}),
  };
}
