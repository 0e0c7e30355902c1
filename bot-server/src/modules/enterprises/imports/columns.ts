import type { ImportField, ImportMapping } from '@suiban/shared/api/enterprises';
import { toHalfWidth } from '@suiban/shared/text';

interface Column {
  readonly field: ImportField;
  readonly label: string;
  readonly isRequired: boolean;
  readonly synonyms: readonly string[];
}

const column = (field: ImportField, label: string, synonyms: string, isRequired = false): Column => ({
  field,
  label,
  isRequired,
  synonyms: [label, ...synonyms.split('|')],
});

/** In the order of the template. Synonyms as lists of other systems head them, Chinese and English. */
export const importColumns: readonly Column[] = [
  column('creditCode', '统一社会信用代码', '社会信用代码|信用代码|统一代码|credit code|uscc|unified social credit code', true),
  column('name', '企业名称', '单位名称|公司名称|名称|市场主体名称|单位详细名称|name|enterprise name|company|company name', true),
  column('industryCode', '行业代码', '行业|所属行业|国民经济行业代码|行业类别|industry|industry code', true),
  column('district', '区', '所在区|所属区|行政区|区县|行政区划|行政区划代码|注册区|district|district code', true),
  column('subdistrict', '街镇', '街道|街道乡镇|所属街镇|所在街镇|subdistrict|street|town'),
  column('staffCount', '从业人数', '从业人员|从业人员数|员工人数|职工人数|人数|staff|staff count|employees|headcount'),
  column('annualRevenue', '营业收入（万元）', '年营业收入|营收|主营业务收入|revenue|annual revenue'),
  column('totalAssets', '资产总额（万元）', '总资产|资产总计|assets|total assets'),
  column('tags', '标签', '企业标签|tag|tags'),
  column('contactName', '联系人', '联系人姓名|经办人|经办人姓名|contact|contact name'),
  column('mobile', '手机号', '手机|手机号码|联系电话|联系人手机|联系人电话|移动电话|mobile|phone|mobile phone'),
  column('email', '邮箱', '电子邮箱|邮箱地址|联系人邮箱|电子邮件|email|e-mail|mail'),
  column('wecomCorpId', '企业微信企业ID', '企业微信corpid|corpid|corp id|wecom corp id'),
  column('wecomUserId', '企业微信成员ID', '企业微信userid|企业微信账号|userid|user id|wecom user id'),
  column('openid', '小程序openid', '微信openid|openid|open id'),
  column('templateCredits', '已授权次数', '订阅模板授权次数|授权次数|credits|template credits'),
  column('officialOpenid', '服务号openid', '公众号openid|official openid|official account openid'),
  column('alipayOpenid', '支付宝openid', '支付宝open_id|支付宝用户ID|alipay openid|alipay open id'),
  column('staffUserId', '服务专员企业微信ID', '服务专员userid|客户所属成员ID|staff userid|staff user id'),
  column('externalUserId', '企业微信客户ID', '外部联系人ID|external_userid|external userid|external user id'),
];

export const labelOf = (field: ImportField): string => importColumns.find((each) => each.field === field)?.label ?? field;

/** Spaces, marks of required columns and what stands in brackets (units, notes) do not count. */
const normalise = (header: string): string =>
  toHalfWidth(header)
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:_\-\ufeff]/g, '')
    .toLowerCase();

const byHeader = new Map<string, ImportField>(
  importColumns.flatMap(({ field, synonyms }) => synonyms.map((text) => [normalise(text), field] as const)),
);

export const fieldOf = (header: string): ImportField | undefined => byHeader.get(normalise(header));

/** The first column of each meaning wins. */
export function guessMapping(header: readonly string[]): ImportMapping {
  const mapping: ImportMapping = {};
  for (const [index, text] of header.entries()) {
    const field = fieldOf(text);
    if (field !== undefined && mapping[field] === undefined) mapping[field] = index;
  }
  return mapping;
}

export const missingColumns = (mapping: ImportMapping) =>
  importColumns
    .filter(({ field, isRequired }) => isRequired && mapping[field] === undefined)
    .map(({ field, label, synonyms }) => ({ field, label, accepted: [...synonyms] }));

/** Titles above the header are common: the header is the first of ten rows that names two known columns, else the first row. */
export function findHeader(rows: readonly (readonly string[])[]): number {
  const index = rows.slice(0, 10).findIndex((cells) => new Set(cells.map(fieldOf).filter((field) => field !== undefined)).size >= 2);
  return Math.max(0, index);
}

/** Amounts are in 万元 unless the header says 元 or 亿元. */
export function fenPerUnit(header: string): bigint {
  if (/亿元/.test(header)) return 10_000_000_000n;
  if (/万元|万/.test(header) || !/元/.test(header)) return 1_000_000n;
  return 100n;
}
