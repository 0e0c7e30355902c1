import type { ChatMenuItem } from './chat';
import { PlatformError } from './platform-error';

/** What WeChat and WeCom say alike about menus, and where they differ. */
export interface MenuRules {
  readonly platform: string;
  readonly top: number;
  readonly below: number;
  readonly topBytes: number;
  readonly belowBytes: number;
  readonly keyBytes: number;
  readonly urlBytes: number;
  /** The mini-program that pages belong to; null: entries open their web address. */
  readonly miniAppId: string | null;
}

/**
 * `button` of menu/create. A page needs a web address beside it, for clients that are too old for mini-programs.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html (read 2026-11)
 * @see https://developer.work.weixin.qq.com/document/path/90231 (read 2026-11)
 * @throws PlatformError with the platform's own code for what it would refuse
 */
export function buttonsOf(items: readonly ChatMenuItem[], rules: MenuRules): readonly object[] {
  if (items.length < 1 || items.length > rules.top) throw refused(rules, '40016');
  return items.map((item) => {
    const below = item.items ?? [];
    if (below.length === 0) return buttonOf(item, rules.topBytes, rules, ['40018', '40019', '40020']);
    if (below.length > rules.below) throw refused(rules, '40023');
    if (item.label === '' || bytesOf(item.label) > rules.topBytes) throw refused(rules, '40018');
    return { name: item.label, sub_button: below.map((entry) => buttonOf(entry, rules.belowBytes, rules, ['40025', '40026', '40027'])) };
  });
}

/** `codes`: of a label, key and address that break a limit. */
function buttonOf(item: ChatMenuItem, labelBytes: number, rules: MenuRules, codes: readonly [string, string, string]): object {
  const { label, key, url, page } = item;
  if (label === '' || bytesOf(label) > labelBytes) throw refused(rules, codes[0]);
  if (key !== undefined) {
    if (key === '' || bytesOf(key) > rules.keyBytes) throw refused(rules, codes[1]);
    return { type: 'click', name: label, key };
  }
  if (url === undefined || url === '' || bytesOf(url) > rules.urlBytes) throw refused(rules, codes[2]);
  if (page === undefined || rules.miniAppId === null) return { type: 'view', name: label, url };
  return { type: 'miniprogram', name: label, url, appid: rules.miniAppId, pagepath: page };
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const refused = (rules: MenuRules, code: string): PlatformError => new PlatformError(rules.platform, code, 'permanent');
