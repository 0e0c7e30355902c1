import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { City } from './city';
import { ConfigError } from './config-error';
import { loadCity } from './load-city';
import { packageDir } from './paths';

const profile = (id: string) => path.join(packageDir, 'city', `${id}.yaml`);
const changed = (from: string, to: string): string => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'suiban-city-')), 'changed.yaml');
  const text = readFileSync(profile('shanghai'), 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
  return file;
};
const problemOf = (file: string): string => {
  try {
    loadCity(file);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return '';
};
/** Every word that belongs to one city only. */
const words = (city: City): string[] => [
  city.name,
  city.productName,
  city.cityCodeName,
  city.hotline,
  city.footer.recordNumber,
  city.footer.operator,
  city.demoEnterprisePrefix,
  ...city.districts.flatMap((district) => [district.code, district.name, district.nameEn, ...district.subdistricts]),
  ...city.bureaus.flatMap((bureau) => [bureau.name, bureau.nameEn]),
];

describe('loadCity', () => {
  const first = loadCity(profile('shanghai'));
  const second = loadCity(profile('yunzhu'));

  it('knows the sixteen districts of the first city with real subdistricts', () => {
    expect(first.districts.map((district) => Number(district.code.slice(3)))).toEqual([
      101, 104, 105, 106, 107, 109, 110, 112, 113, 114, 115, 116, 117, 118, 120, 151,
    ]);
    for (const district of first.districts) expect(district.subdistricts.length).toBeGreaterThanOrEqual(4);
  });

  it('gives the second city no word of the first, and the same ids', () => {
    const text = readFileSync(profile('yunzhu'), 'utf8');
    expect(words(first).filter((word) => text.includes(word))).toEqual([]);
    expect(second.bureaus.map((bureau) => bureau.id)).toEqual(first.bureaus.map((bureau) => bureau.id));
    expect(second.matters.map((matter) => matter.id)).toEqual(first.matters.map((matter) => matter.id));
    for (const district of second.districts) expect(district.code).toMatch(/^99/);
  });

  it.each([
    ["code: '310104'", "code: '310101'", 'districts.1: repeats 310101'],
    ['bureauId: finance', 'bureauId: bank', 'bureauId: names no bureau: bank'],
    ['isDefault: true', 'isDefault: false', 'bureaus: exactly one must have isDefault: true'],
    ['hotline:', 'hotlines:', 'hotline: '],
    ["'#1B5FCC'", 'blue', 'primaryColour: must be #RRGGBB'],
    ['timeZone: Asia/Shanghai', 'timeZone: Asia/Nowhere', 'timeZone: must be a time zone this version knows'],
    ['districts:', 'districts: [', 'not YAML'],
  ])('refuses %s → %s', (from, to, message) => {
    expect(problemOf(changed(from, to))).toContain(`city/changed.yaml: `);
    expect(problemOf(changed(from, to))).toContain(message);
  });

  it('names the profiles that exist when the asked one does not', () => {
    expect(problemOf(profile('atlantis'))).toBe('SUIBAN_CITY: no profile atlantis; present: shanghai, yunzhu');
  });
});
