import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../support/processes';
import { isSoundCreditCode } from './sound-credit-code';

/*
 * The script's own reading of the list: what must be kept, what must be rejected, and who must be asked. It shares no code with the
 * import that it checks.
 */

export const fixtureFile = path.join(root, 'test', 'fixtures', 'enterprises.csv');

export interface FixtureFirm {
  readonly creditCode: string;
  readonly name: string;
  readonly mobile: string | null;
  readonly openid: string | null;
  readonly credits: number;
  readonly wecom: { readonly corpId: string; readonly userId: string } | null;
}

export interface Fixture {
  readonly rows: number;
  readonly kept: number;
  readonly rejected: number;
  /** The two districts with most restaurants. */
  readonly districtCodes: readonly string[];
  /** Restaurants of these districts: everyone who must be asked. */
  readonly audience: readonly FixtureFirm[];
}

export interface Places {
  readonly districts: readonly { readonly code: string; readonly name: string }[];
  readonly corpIds: readonly string[];
}

type Row = Readonly<Record<string, string>>;

/** RFC 4180. */
function recordsOf(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain = '', end = ''] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (end === '' && quoted === undefined && plain === '' && record.length === 0) break;
    record.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    records.push(record);
    record = [];
  }
  return records;
}

const isAmount = (text = '') => text === '' || /^\d+(\.\d+)?$/.test(text);
const isIndustry = (text = '') => /^\d{2,4}$/.test(text) && Number(text.slice(0, 2)) >= 1 && Number(text.slice(0, 2)) <= 97;

function isSound(row: Row, { districts, corpIds }: Places): boolean {
  const isWecomPair = (row.企业微信企业ID === '') === (row.企业微信成员ID === '');
  return (
    isSoundCreditCode(row.统一社会信用代码 ?? '') &&
    row.企业名称 !== '' &&
    districts.some(({ code, name }) => code === row.区 || name === row.区) &&
    isIndustry(row.行业代码) &&
    /^\d*$/.test(row.从业人数 ?? '') &&
    isAmount(row['营业收入（万元）']) &&
    isAmount(row['资产总额（万元）']) &&
    /^(1[3-9]\d{9})?$/.test(row.手机号 ?? '') &&
    isWecomPair &&
    (row.企业微信企业ID === '' || corpIds.includes(row.企业微信企业ID ?? ''))
  );
}

const firmOf = (row: Row): FixtureFirm => ({
  creditCode: row.统一社会信用代码 ?? '',
  name: row.企业名称 ?? '',
  mobile: row.手机号 || null,
  openid: row.小程序openid || null,
  credits: Number(row.已授权次数 || 0),
  wecom: row.企业微信企业ID && row.企业微信成员ID ? { corpId: row.企业微信企业ID, userId: row.企业微信成员ID } : null,
});

export function readFixture(places: Places): Fixture {
  const [header = [], ...records] = recordsOf(readFileSync(fixtureFile, 'utf8').replace(/^\ufeff/, ''));
  const kept = new Map<string, Row>();
  for (const record of records) {
    const row = Object.fromEntries(header.map((name, index) => [name, (record[index] ?? '').trim()]));
    const code = row.统一社会信用代码 ?? '';
    if (record.length <= header.length && isSound(row, places) && !kept.has(code)) kept.set(code, row);
  }
  const codeOf = (row: Row) => places.districts.find(({ code, name }) => code === row.区 || name === row.区)?.code ?? '';
  const restaurants = [...kept.values()].filter((row) => row.行业代码?.startsWith('62'));
  const counts = new Map<string, number>();
  for (const row of restaurants) counts.set(codeOf(row), (counts.get(codeOf(row)) ?? 0) + 1);
  const districtCodes = [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 2)
    .map(([code]) => code);
  return {
    rows: records.length,
    kept: kept.size,
    rejected: records.length - kept.size,
    districtCodes,
    audience: restaurants.filter((row) => districtCodes.includes(codeOf(row))).map(firmOf),
  };
}
