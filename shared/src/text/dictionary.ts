import type { Lang } from './lang';

type PlaceholdersOf<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | PlaceholdersOf<Rest> : never;
type Given<T extends string> = [PlaceholdersOf<T>] extends [never] ? [] : [params: Readonly<Record<PlaceholdersOf<T>, string | number>>];

/** Reads one language of a dictionary. What the Chinese text asks for in `{name}` must be given, and nothing else. */
export type Translate<Z extends Readonly<Record<string, string>>> = <K extends keyof Z & string>(key: K, ...given: Given<Z[K]>) => string;

/**
 * Two languages with the same keys and the same placeholders; the compiler holds the keys together, this call the placeholders.
 * @throws {TypeError} where a placeholder is in one language only
 */
export function dictionary<const Z extends Readonly<Record<string, string>>>(
  zh: Z,
  en: { readonly [K in keyof Z]: string },
): (lang: Lang) => Translate<Z> {
  for (const key of Object.keys(zh)) {
    if (placeholdersOf(zh[key] ?? '') !== placeholdersOf(en[key] ?? '')) throw new TypeError(`placeholders of ${key} differ`);
  }
  const translatorOf =
    (texts: { readonly [K in keyof Z]: string }): Translate<Z> =>
    (key, ...given) =>
      interpolate(texts[key], given[0] ?? {});
  const translators: Readonly<Record<Lang, Translate<Z>>> = { zh: translatorOf(zh), en: translatorOf(en) };
  return (lang) => translators[lang];
}

const placeholder = /\{([A-Za-z][A-Za-z0-9]*)\}/g;

const placeholdersOf = (template: string): string => [...new Set(template.match(placeholder) ?? [])].sort().join();

/** Puts values in place of `{name}`; a name that is not given stays as it is written. Values are not searched again. */
export const interpolate = (template: string, params: Readonly<Record<string, string | number>>): string =>
  template.replace(placeholder, (written, name: string) => {
    const value: unknown = params[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : written;
  });
