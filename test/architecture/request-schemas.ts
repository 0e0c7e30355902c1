import { z } from 'zod';

/** Places of a request schema where an unknown field would pass unseen. Follows everything a schema can be made of. */
export function looseParts(schema: z.core.$ZodType, at: string, seen = new Set<z.core.$ZodType>()): string[] {
  if (seen.has(schema)) return [];
  seen.add(schema);
  const into = (inner: z.core.$ZodType, name = '') => looseParts(inner, `${at}${name}`, seen);
  const { def } = schema._zod;
  if (def.type === 'any' || def.type === 'unknown') return [`${at}: accepts anything`];
  if (schema instanceof z.ZodObject) {
    const isStrict = schema.def.catchall instanceof z.ZodNever;
    return [
      ...(isStrict ? [] : [`${at}: not strict`]),
      ...Object.entries(schema.shape).flatMap(([name, inner]) => into(inner, `/${name}`)),
    ];
  }
  return innerOf(def).flatMap((inner) => into(inner));
}

const isSchema = (value: unknown): value is z.core.$ZodType => typeof value === 'object' && value !== null && '_zod' in value;

function innerOf(def: object): z.core.$ZodType[] {
  return Object.entries(def).flatMap(([key, value]) => {
    // NOTE: a key schema of a record and the output end of a pipe take no object from the client.
    if (key === 'keyType' || key === 'out') return [];
    if (key === 'getter' && typeof value === 'function') return [value() as z.core.$ZodType];
    if (Array.isArray(value)) return value.filter(isSchema);
    return isSchema(value) ? [value] : [];
  });
}
