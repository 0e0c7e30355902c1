import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isZone } from '@suiban/shared/time';
import { parse } from 'yaml';
import { z } from 'zod';
import type { City } from './city';
import { ConfigError } from './config-error';

const name = z.string().trim().min(1).max(60);
const slug = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower-case letters, digits and hyphens');

const citySchema = z
  .strictObject({
    id: slug,
    name,
    nameEn: name,
    productName: name,
    cityCodeName: name,
    hotline: z.string().regex(/^[\d-]{3,20}$/, 'must be digits and hyphens, in quotes'),
    timeZone: z.string().refine(isZone, 'must be a time zone this version knows (shared/src/time/zone.ts)'),
    primaryColour: z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'must be #RRGGBB'),
    footer: z.strictObject({ recordNumber: name, operator: name }),
    districts: z
      .array(
        z.strictObject({
          code: z.string().regex(/^\d{6}$/, 'must be six digits, in quotes'),
          name,
          nameEn: name,
          subdistricts: z.array(name).min(1),
        }),
      )
      .min(1),
    bureaus: z.array(z.strictObject({ id: slug, name, nameEn: name, isDefault: z.boolean().optional() })).min(1),
    matters: z.array(z.strictObject({ id: slug, name, bureauId: slug })).min(1),
    smsSignName: name,
    demoEnterprisePrefix: name,
  })
  .superRefine((city, context) => {
    const report = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const repeats = <T>(list: readonly T[], key: (item: T) => string, where: string) => {
      const seen = new Set<string>();
      list.forEach((item, index) => {
        if (seen.has(key(item))) report([where, index], `repeats ${key(item)}`);
        seen.add(key(item));
      });
    };
    repeats(city.districts, (district) => district.code, 'districts');
    repeats(city.bureaus, (bureau) => bureau.id, 'bureaus');
    repeats(city.matters, (matter) => matter.id, 'matters');
    const bureauIds = new Set(city.bureaus.map((bureau) => bureau.id));
    city.matters.forEach((matter, index) => {
      if (!bureauIds.has(matter.bureauId)) report(['matters', index, 'bureauId'], `names no bureau: ${matter.bureauId}`);
    });
    if (city.bureaus.filter((bureau) => bureau.isDefault).length !== 1) report(['bureaus'], 'exactly one must have isDefault: true');
  });

function readProfile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const dir = path.dirname(file);
    const present = readdirSync(dir).flatMap((entry) => (entry.endsWith('.yaml') ? [entry.slice(0, -5)] : []));
    throw new ConfigError([`SUIBAN_CITY: no profile ${path.basename(file, '.yaml')}; present: ${present.sort().join(', ')}`]);
  }
}

/** Reads and checks a city profile. @throws ConfigError naming file, field and rule */
export function loadCity(file: string): City {
  const text = readProfile(file);
  const shown = `city/${path.basename(file)}`;
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw new ConfigError([`${shown}: not YAML: ${String(error instanceof Error ? error.message : error).split('\n')[0]}`]);
  }
  const parsed = citySchema.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new ConfigError(parsed.error.issues.map((issue) => `${shown}: ${issue.path.join('.') || 'document'}: ${issue.message}`));
}
