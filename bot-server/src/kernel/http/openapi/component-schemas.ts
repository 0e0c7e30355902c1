import { z } from 'zod';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Zod writes the whole calendar into a pattern beside the format, and the range of safe integers beside every integer. */
const quieter = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
};

export const toJsonSchema = (schema: z.ZodType, io: 'input' | 'output'): z.core.JSONSchema.BaseSchema =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any', cycles: 'ref', reused: 'inline', override: quieter });

const rewriteRefs = (node: unknown, target: (ref: string) => string): unknown => {
  if (Array.isArray(node)) return node.map((item) => rewriteRefs(item, target));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      key === '$ref' && typeof value === 'string' ? target(value) : rewriteRefs(value, target),
    ]),
  );
};

const inComponents = (name: string): string => `#/components/schemas/${name}`;

/**
 * Zod's own JSON Schema (2020-12, which OpenAPI 3.1 speaks). What refers to itself, or has a name (`.meta({ id })`), moves to
 * `components`: the OpenAPI generator cannot follow recursive schemas (its stack overflows), and the rule language and
 * questionnaire documents are recursive.
 */
export class ComponentSchemas {
  private readonly found = new Map<string, JsonSchema>();

  /** `hint` names the parts that have no name of their own. */
  add(schema: z.ZodType, io: 'input' | 'output', hint: string): JsonSchema {
    const { $schema: _version, $defs = {}, ...root } = toJsonSchema(schema, io);
    const names = new Map(
      Object.entries($defs).map(([key, part]) => [key, this.nameFor(/^__/.test(key) ? `${hint}Part${key.replace(/\D/g, '')}` : key, part)]),
    );
    const target = (ref: string): string => {
      if (ref === '#') return inComponents(hint);
      return inComponents(names.get(ref.replace('#/$defs/', '')) ?? ref);
    };
    for (const [key, part] of Object.entries($defs)) this.found.set(names.get(key) ?? key, rewriteRefs(part, target) as JsonSchema);
    const isSelfRecursive = JSON.stringify(root).includes('"$ref":"#"');
    const rewritten = rewriteRefs(root, target) as JsonSchema;
    if (!isSelfRecursive) return rewritten;
    this.found.set(hint, rewritten);
    return { $ref: inComponents(hint) };
  }

  all(): Readonly<Record<string, JsonSchema>> {
    return Object.fromEntries([...this.found].sort(([one], [other]) => (one < other ? -1 : 1)));
  }

  /** The same name with another shape (what goes in differs from what comes out) gets a number. */
  private nameFor(wanted: string, part: unknown): string {
    const shape = JSON.stringify(part);
    for (let count = 1; ; count += 1) {
      const name = count === 1 ? wanted : `${wanted}${count}`;
      const there = this.raw.get(name);
      if (there === undefined) this.raw.set(name, shape);
      if (there === undefined || there === shape) return name;
    }
  }

  /** As found, before references were rewritten: what equality is judged by. */
  private readonly raw = new Map<string, string>();
}
