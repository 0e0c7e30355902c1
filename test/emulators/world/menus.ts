import { asText, isObject } from './json-values';
import type { Platform } from './observation';

/** An entry as the phone shows it: `group` opens `items`, `click` tells the server its `key`, the others open something. */
export interface MenuEntry {
  readonly label: string;
  readonly type: 'click' | 'view' | 'miniprogram' | 'group';
  readonly key: string | null;
  readonly url: string | null;
  readonly page: string | null;
  readonly items: readonly MenuEntry[];
}

/** Bytes of labels and codes differ by platform; the shape of `button` is the same. */
export interface MenuRules {
  readonly topBytes: number;
  readonly belowBytes: number;
  readonly types: Readonly<Record<string, MenuEntry['type']>>;
  readonly codes: Readonly<Record<'shape' | 'count' | 'label' | 'belowCount' | 'belowLabel' | 'type' | 'key' | 'url' | 'page', number>>;
}

/** Menus of the accounts that have one. */
export class Menus {
  private readonly byAccount = new Map<string, { readonly entries: readonly MenuEntry[]; readonly button: unknown }>();

  set(platform: Platform, account: string, entries: readonly MenuEntry[], button: unknown): void {
    this.byAccount.set(`${platform}:${account}`, { entries, button });
  }

  remove(platform: Platform, account: string): void {
    this.byAccount.delete(`${platform}:${account}`);
  }

  of(platform: Platform, account: string): readonly MenuEntry[] {
    return this.byAccount.get(`${platform}:${account}`)?.entries ?? [];
  }

  /** As it was given; undefined: no menu. */
  buttonOf(platform: Platform, account: string): unknown {
    return this.byAccount.get(`${platform}:${account}`)?.button;
  }
}

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** `button` of menu/create: the entries, or the code of the first rule that is broken. */
export function parseMenu(button: unknown, rules: MenuRules): readonly MenuEntry[] | number {
  if (!Array.isArray(button)) return rules.codes.shape;
  if (button.length < 1 || button.length > 3) return rules.codes.count;
  const entries: MenuEntry[] = [];
  for (const item of button) {
    const entry = parseTop(item, rules);
    if (typeof entry === 'number') return entry;
    entries.push(entry);
  }
  return entries;
}

function parseTop(item: unknown, rules: MenuRules): MenuEntry | number {
  if (!isObject(item)) return rules.codes.shape;
  const label = asText(item.name);
  if (label === '' || bytesOf(label) > rules.topBytes) return rules.codes.label;
  const below = Array.isArray(item.sub_button) ? item.sub_button : [];
  if (below.length === 0) return parseLeaf(item, label, rules);
  if (below.length > 5) return rules.codes.belowCount;
  const items: MenuEntry[] = [];
  for (const child of below) {
    if (!isObject(child)) return rules.codes.shape;
    const childLabel = asText(child.name);
    if (childLabel === '' || bytesOf(childLabel) > rules.belowBytes) return rules.codes.belowLabel;
    const entry = parseLeaf(child, childLabel, rules);
    if (typeof entry === 'number') return entry;
    items.push(entry);
  }
  return { label, type: 'group', key: null, url: null, page: null, items };
}

function parseLeaf(item: Record<string, unknown>, label: string, rules: MenuRules): MenuEntry | number {
  const type = rules.types[asText(item.type)];
  const [key, url, page] = [asText(item.key), asText(item.url), asText(item.pagepath)];
  if (!type || type === 'group') return rules.codes.type;
  const leaf = { label, type, key: null, url: null, page: null, items: [] };
  if (type === 'click') return key === '' || bytesOf(key) > 128 ? rules.codes.key : { ...leaf, key };
  if (type === 'view') return /^https?:\/\//.test(url) && bytesOf(url) <= 1024 ? { ...leaf, url } : rules.codes.url;
  return page === '' || page.startsWith('/') ? rules.codes.page : { ...leaf, url: url || null, page };
}

/** By `key`, or by place: `[top]`, `[top, below]`. */
export function entryOf(entries: readonly MenuEntry[], wanted: { key?: unknown; index?: unknown }): MenuEntry | undefined {
  const leaves = entries.flatMap((entry) => (entry.type === 'group' ? entry.items : [entry]));
  if (typeof wanted.key === 'string') return leaves.find(({ key }) => key === wanted.key);
  const [top, below] = Array.isArray(wanted.index) ? (wanted.index as unknown[]) : [wanted.index];
  const entry = entries[Number(top)];
  const found = below === undefined ? entry : entry?.items[Number(below)];
  return found?.type === 'group' ? undefined : found;
}
