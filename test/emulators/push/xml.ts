/** Text or a number (an id of 64 bits as bigint), a nested element, or the same element several times. */
export type XmlValue = string | number | bigint | { readonly [name: string]: XmlValue } | readonly XmlValue[];

/** Numbers bare, texts in CDATA, as the platforms write them. */
export function toXml(root: { readonly [name: string]: XmlValue }): string {
  return `<xml>${children(root)}</xml>`;
}

function children(node: { readonly [name: string]: XmlValue }): string {
  return Object.entries(node)
    .map(([name, value]) => element(name, value))
    .join('');
}

function element(name: string, value: XmlValue): string {
  if (typeof value === 'number' || typeof value === 'bigint') return `<${name}>${value}</${name}>`;
  if (typeof value === 'string') return `<${name}><![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${name}>`;
  if (isList(value)) return value.map((entry) => element(name, entry)).join('');
  return `<${name}>${children(value)}</${name}>`;
}

const isList = (value: XmlValue): value is readonly XmlValue[] => Array.isArray(value);
