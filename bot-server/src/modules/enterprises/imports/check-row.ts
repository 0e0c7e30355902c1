import type { ImportField, ImportMapping } from '@suiban/shared/api/enterprises';
import { industries } from '@suiban/shared/enterprises';
import { checkCreditCode, checkMobile, normaliseCode } from '@suiban/shared/identity';
import { toHalfWidth } from '@suiban/shared/text';
import { type CellFault, type CellResult, readAmount, readCount, readTags, readText } from './cells';
import { fenPerUnit, labelOf } from './columns';

/** A row that may be taken over. Absent = the cell was empty: what is known stays. */
export interface ImportedFirm {
  readonly line: number;
  readonly creditCode: string;
  readonly name: string;
  readonly industryCode: string;
  readonly districtCode: string;
  readonly subdistrict?: string;
  readonly staffCount?: number;
  readonly annualRevenueFen?: string;
  readonly totalAssetsFen?: string;
  readonly tags?: readonly string[];
  readonly contactName?: string;
  readonly mobile?: string;
  readonly email?: string;
  /** `agentId` null = a member of the city's own corp. */
  readonly wecom?: { readonly corpId: string; readonly agentId: number | null; readonly userId: string };
  readonly openid?: string;
  readonly templateCredits?: number;
  readonly officialOpenid?: string;
  readonly alipayOpenid?: string;
  /** A customer of the city's own member of staff. */
  readonly customer?: { readonly staffUserId: string; readonly externalUserId: string };
}

export interface RowFault extends CellFault {
  readonly line: number;
  /** Header of the column; null = the row as a whole. */
  readonly column: string | null;
}

export interface ImportPlaces {
  readonly districts: readonly { readonly code: string; readonly name: string }[];
  /** The city's corp and those joined to it, with the agent id that sends there. */
  readonly corps: readonly { readonly corpId: string; readonly agentId: number | null }[];
}

export type CheckedRow = { readonly firm: ImportedFirm } | { readonly faults: readonly RowFault[] };
export type RowChecker = (line: number, cells: readonly string[]) => CheckedRow;

/** Judges each row on its own: every fault of a row is told, not only the first. */
export function rowChecker(header: readonly string[], mapping: ImportMapping, places: ImportPlaces): RowChecker {
  const districts = districtIndex(places);
  const industryByName = new Map(industries.map(({ code, label }) => [label.zh, code]));
  return (line, cells) => {
    const reader = new RowReader(line, cells, header, mapping);
    reader.checkWidth();
    const creditCode = reader.required('creditCode', (text) => fromCheck('credit-code', checkCreditCode(text)));
    const name = reader.required('name', (text) => readText(text, labelOf('name'), 100));
    const industryCode = reader.required('industryCode', (text) => readIndustry(text, industryByName));
    const districtCode = reader.required('district', (text) => readDistrict(text, districts));
    const rest = readOptional(reader, places);
    if (
      reader.faults.length > 0 ||
      creditCode === undefined ||
      name === undefined ||
      industryCode === undefined ||
      districtCode === undefined
    ) {
      return { faults: reader.faults };
    }
    return { firm: { line, creditCode, name, industryCode, districtCode, ...rest } };
  };
}

class RowReader {
  readonly faults: RowFault[] = [];

  constructor(
    readonly line: number,
    private readonly cells: readonly string[],
    private readonly header: readonly string[],
    private readonly mapping: ImportMapping,
  ) {}

  /** A cell too many means that a comma or quote shifted the row: nothing in it can be trusted. */
  checkWidth(): void {
    const surplus = this.cells.slice(this.header.length).some((cell) => cell.trim() !== '');
    if (!surplus) return;
    this.faults.push({
      line: this.line,
      column: null,
      rule: 'column-count',
      message: `该行有 ${this.cells.length} 列，表头只有 ${this.header.length} 列，请检查多余的分隔符或引号`,
    });
  }

  headerOf(field: ImportField): string {
    return this.header[this.mapping[field] ?? -1] ?? labelOf(field);
  }

  textOf(field: ImportField): string {
    return (this.cells[this.mapping[field] ?? -1] ?? '').trim();
  }

  fail(field: ImportField, rule: string, message: string): undefined {
    this.faults.push({ line: this.line, column: this.headerOf(field), rule, message });
    return undefined;
  }

  /** Undefined where the cell is empty or faulty. */
  optional<T>(field: ImportField, read: (text: string) => CellResult<T>): T | undefined {
    const text = this.textOf(field);
    if (text === '') return undefined;
    const result = read(text);
    return 'fault' in result ? this.fail(field, result.fault.rule, result.fault.message) : result.value;
  }

  required<T>(field: ImportField, read: (text: string) => CellResult<T>): T | undefined {
    if (this.textOf(field) === '') return this.fail(field, 'required', `${labelOf(field)}不能为空`);
    return this.optional(field, read);
  }
}

type Optional = Omit<ImportedFirm, 'line' | 'creditCode' | 'name' | 'industryCode' | 'districtCode'>;

function readOptional(reader: RowReader, places: ImportPlaces): Optional {
  const money = (field: 'annualRevenue' | 'totalAssets') =>
    reader.optional(field, (text) => readAmount(text, labelOf(field).replace(/（.*/, ''), fenPerUnit(reader.headerOf(field))));
  return {
    subdistrict: reader.optional('subdistrict', (text) => readText(text, labelOf('subdistrict'), 40)),
    staffCount: reader.optional('staffCount', (text) => readCount(text, labelOf('staffCount'), '人')),
    annualRevenueFen: money('annualRevenue'),
    totalAssetsFen: money('totalAssets'),
    tags: reader.optional('tags', readTags),
    contactName: reader.optional('contactName', (text) => readText(text, labelOf('contactName'), 40)),
    mobile: reader.optional('mobile', (text) => fromCheck('mobile', checkMobile(text))),
    email: reader.optional('email', readEmail),
    wecom: readWecom(reader, places),
    ...readOpenid(reader),
    officialOpenid: reader.optional('officialOpenid', openidReader('officialOpenid')),
    alipayOpenid: reader.optional('alipayOpenid', openidReader('alipayOpenid')),
    customer: readCustomer(reader),
  };
}

function readWecom(reader: RowReader, places: ImportPlaces): ImportedFirm['wecom'] {
  const corpId = reader.optional('wecomCorpId', (text) => readText(text, labelOf('wecomCorpId'), 64));
  const userId = reader.optional('wecomUserId', (text) => readText(text, labelOf('wecomUserId'), 64));
  if (corpId === undefined && userId === undefined) return undefined;
  if (corpId === undefined) return reader.fail('wecomCorpId', 'pair', '填写了企业微信成员ID，还需填写企业微信企业ID');
  if (userId === undefined) return reader.fail('wecomUserId', 'pair', '填写了企业微信企业ID，还需填写企业微信成员ID');
  const corp = places.corps.find((each) => each.corpId === corpId);
  if (!corp) return reader.fail('wecomCorpId', 'unknown-corp', `企业微信企业 ${corpId} 没有加入本市的上下游，请先加入或留空这两列`);
  return { corpId, agentId: corp.agentId, userId };
}

function readCustomer(reader: RowReader): ImportedFirm['customer'] {
  const staffUserId = reader.optional('staffUserId', (text) => readText(text, labelOf('staffUserId'), 64));
  const externalUserId = reader.optional('externalUserId', (text) => readText(text, labelOf('externalUserId'), 64));
  if (staffUserId === undefined && externalUserId === undefined) return undefined;
  if (staffUserId === undefined) return reader.fail('staffUserId', 'pair', '填写了企业微信客户ID，还需填写服务专员企业微信ID');
  if (externalUserId === undefined) return reader.fail('externalUserId', 'pair', '填写了服务专员企业微信ID，还需填写企业微信客户ID');
  return { staffUserId, externalUserId };
}

/** Lower case and half width: one address is one address. A syntax that mail servers take; whether it exists only a message can tell. */
function readEmail(text: string): CellResult<string> {
  const value = toHalfWidth(text).trim().toLowerCase();
  if (value.length <= 254 && /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(value)) return { value };
  return { fault: { rule: 'email', message: '邮箱格式不正确，请按“名称@域名”填写' } };
}

const openidReader =
  (field: ImportField) =>
  (text: string): CellResult<string> =>
    /^[A-Za-z0-9_-]{6,64}$/.test(text)
      ? { value: text }
      : { fault: { rule: 'openid', message: `${labelOf(field)} 应为 6 至 64 位字母、数字、下划线或连字符` } };

function readOpenid(reader: RowReader): Pick<ImportedFirm, 'openid' | 'templateCredits'> {
  const openid = reader.optional('openid', openidReader('openid'));
  const templateCredits = reader.optional('templateCredits', (text) => readCount(text, labelOf('templateCredits'), '次'));
  if (templateCredits !== undefined && templateCredits > 0 && reader.textOf('openid') === '') {
    reader.fail('openid', 'pair', '填写了已授权次数，还需填写小程序openid');
  }
  return { openid, templateCredits };
}

const fromCheck = (
  rule: string,
  checked: { readonly ok: true; readonly value: string } | { readonly ok: false; readonly rule: string; readonly detail: string },
): CellResult<string> => (checked.ok ? { value: checked.value } : { fault: { rule: `${rule}.${checked.rule}`, message: checked.detail } });

/** Two to four digits of GB/T 4754, with or without the section letter, or the name of a listed industry. */
function readIndustry(text: string, byName: ReadonlyMap<string, string>): CellResult<string> {
  const named = byName.get(text.trim());
  if (named !== undefined) return { value: named };
  const code = normaliseCode(text).replace(/^[A-T](?=\d)/, '');
  const division = Number(code.slice(0, 2));
  if (/^\d{2,4}$/.test(code) && division >= 1 && division <= 97) return { value: code };
  return {
    fault: { rule: 'unknown-industry', message: `没有行业“${text.slice(0, 12)}”，请填写国民经济行业代码（2 至 4 位数字，如 62 餐饮业）` },
  };
}

function districtIndex({ districts }: ImportPlaces): ReadonlyMap<string, string> {
  const index = new Map<string, string>();
  for (const { code, name } of districts) {
    for (const key of [code, name, name.replace(/(新区|区|县|市)$/, '')]) if (!index.has(key)) index.set(key, code);
  }
  return index;
}

function readDistrict(text: string, index: ReadonlyMap<string, string>): CellResult<string> {
  const code = index.get(normaliseCode(text));
  if (code !== undefined) return { value: code };
  return { fault: { rule: 'unknown-district', message: `没有区“${text.slice(0, 12)}”，请填写本市的区名或 6 位区划代码` } };
}
