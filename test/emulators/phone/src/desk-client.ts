import type { ChatEntry, ObservedMessage, Platform } from '../../world/observation';
import type { Persona } from '../../world/people';
import type { RequestEntry } from '../../world/request-log';
import type { PlatformScript, PushScript } from '../../world/script';

export type { ChatEntry, ObservedMessage, Persona, Platform };
export type LogLine = RequestEntry & { readonly words: string };
export type ScriptView = Record<Platform, PlatformScript> & {
  readonly push: PushScript;
  readonly clockOffsetMs: number;
  readonly now: string;
};

export interface TemplateView {
  readonly id: string;
  readonly title: string;
  readonly type: 2 | 3;
  readonly left: number;
}

/** An entry of a chat's menu as the platform keeps it. */
export interface MenuEntry {
  readonly label: string;
  readonly type: 'click' | 'view' | 'miniprogram' | 'group';
  readonly url: string | null;
  readonly page: string | null;
  readonly items: readonly MenuEntry[];
}

/** A message the corp wants sent to customers, waiting for the member of staff. */
export interface StaffTask {
  readonly msgid: string;
  readonly text: string;
  readonly customers: number;
  readonly state: 'waiting' | 'sent';
  readonly at: string;
}

export interface PhoneView {
  readonly persona: Persona;
  readonly chats: Partial<Record<Platform, readonly ChatEntry[]>>;
  readonly templates: readonly TemplateView[];
  /** Null: no identity at the Official Account. */
  readonly official?: { readonly follows: boolean } | null;
  readonly tasks?: readonly StaffTask[];
  readonly alipay?: { readonly templates: readonly TemplateView[] } | null;
}

export interface Counts {
  readonly received: number;
  readonly deduped: number;
  readonly dropped: number;
}

async function call<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(
    `api/${path}`,
    body === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  );
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error((answer as { message?: string }).message ?? response.statusText);
  return answer as T;
}

const at = (id: string): string => `personas/${encodeURIComponent(id)}`;

export const deskClient = {
  search: (query: string) => call<{ personas: Persona[]; total: number }>(`personas?limit=30&q=${encodeURIComponent(query)}`),
  phone: (id: string) => call<PhoneView>(at(id)),
  script: () => call<ScriptView>('script'),
  set: (change: object) => call<ScriptView>('script', change),
  counts: () => call<Counts>('observe/totals'),
  requests: (since: number, language: string) =>
    call<{ requests: LogLine[]; last: number }>(`observe/requests?since=${since}&limit=300&lang=${language}`),
  recent: (language: string) => call<{ requests: LogLine[]; last: number }>(`observe/requests?lang=${language}`),
  answerCard: (id: string, seq: number, answer: object) => call<object>(`${at(id)}/cards/${seq}`, answer),
  say: (id: string, platform: Platform, text: string) => call<object>(`${at(id)}/say`, { platform, text }),
  subscribe: (id: string, answers: readonly { templateId: string; accepted: boolean }[]) =>
    call<{ result: Record<string, string> }>(`${at(id)}/subscribe`, { answers }),
  turnOff: (id: string, templateId: string) => call<object>(`${at(id)}/unsubscribe`, { templateId }),
  login: (id: string) => call<{ code: string }>(`${at(id)}/wechat-login`, {}),
  menu: (platform: 'wechat-official' | 'wecom', corpId: string | null) =>
    call<{ items: MenuEntry[] }>(`menu?platform=${platform}${corpId === null ? '' : `&corpId=${encodeURIComponent(corpId)}`}`),
  /** Which entry was tapped: one number at the top, a second below it. */
  tapMenu: (id: string, platform: 'wechat-official' | 'wecom', index: readonly number[]) =>
    call<{ tapped: MenuEntry }>(`${at(id)}/menu`, { platform, index }),
  follow: (id: string) => call<object>(`${at(id)}/follow`, { platform: 'wechat-official' }),
  unfollow: (id: string) => call<object>(`${at(id)}/unfollow`, { platform: 'wechat-official' }),
  enter: (id: string) => call<object>(`${at(id)}/enter`, { platform: 'wecom' }),
  confirmTask: (id: string, msgid: string) => call<object>(`${at(id)}/confirm-task`, { msgid }),
  alipaySubscribe: (id: string, answers: readonly { templateId: string; accepted: boolean }[]) =>
    call<{ result: Record<string, string> }>(`${at(id)}/alipay-subscribe`, { answers }),
  alipayTurnOff: (id: string, templateId: string) => call<object>(`${at(id)}/alipay-unsubscribe`, { templateId }),
  sharePhone: (id: string) => call<{ code: string }>(`${at(id)}/wechat-phone`, {}),
};
