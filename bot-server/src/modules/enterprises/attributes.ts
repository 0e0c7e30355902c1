import { industries } from '@suiban/shared/enterprises';
import { type AttributeRegistry, attributeRegistry, type Labels } from '@suiban/shared/rules';
import type { City } from '../../config/city';

const label = (zh: string, en: string): Labels => ({ zh, en });

export const sizeLabels = {
  large: label('大型', 'Large'),
  medium: label('中型', 'Medium'),
  small: label('小型', 'Small'),
  micro: label('微型', 'Micro'),
} as const;

export const funnelLabels = {
  imported: label('已导入', 'Imported'),
  invited: label('已邀请', 'Invited'),
  bound: label('已绑定', 'Bound'),
  subscribed: label('已授权订阅', 'Subscribed'),
} as const;

const optionsOf = (labels: Readonly<Record<string, Labels>>) => Object.entries(labels).map(([value, text]) => ({ value, label: text }));

/** What a rule may ask about a firm; each column is one of `enterprise_audience`. Labels of districts are the city's own. */
export function enterpriseAttributes(city: City): AttributeRegistry {
  const list = { owner: 'enterprises', source: label('企业名单', 'Enterprise list'), freshness: label('每次导入时更新', 'At each import') };
  const own = { owner: 'enterprises', source: label('本系统', 'This system'), freshness: label('实时', 'Live') };
  return attributeRegistry([
    { ...list, name: 'creditCode', label: label('统一社会信用代码', 'Credit code'), type: 'text', column: 'credit_code' },
    { ...list, name: 'name', label: label('企业名称', 'Name'), type: 'text', column: 'name' },
    {
      ...list,
      name: 'industryCode',
      label: label('行业', 'Industry'),
      type: 'text',
      column: 'industry_code',
      options: industries.map(({ code, label: text }) => ({ value: code, label: text })),
    },
    {
      ...list,
      name: 'districtCode',
      label: label('所在区', 'District'),
      type: 'enum',
      column: 'district_code',
      options: city.districts.map(({ code, name, nameEn }) => ({ value: code, label: label(name, nameEn) })),
    },
    { ...list, name: 'subdistrict', label: label('街镇', 'Subdistrict'), type: 'text', column: 'subdistrict' },
    { ...list, name: 'staffCount', label: label('从业人数', 'Staff'), type: 'integer', unit: label('人', 'people'), column: 'staff_count' },
    { ...list, name: 'annualRevenueFen', label: label('营业收入', 'Annual revenue'), type: 'money', column: 'annual_revenue_fen' },
    { ...list, name: 'totalAssetsFen', label: label('资产总额', 'Total assets'), type: 'money', column: 'total_assets_fen' },
    {
      ...own,
      name: 'sizeClass',
      label: label('企业规模', 'Size'),
      source: label('按工信部联企业〔2011〕300号计算', 'Computed by the standard of 2011'),
      type: 'enum',
      column: 'size_class',
      options: optionsOf(sizeLabels),
    },
    { ...list, name: 'tags', label: label('标签', 'Tags'), type: 'set', column: 'tags' },
    { ...own, name: 'funnel', label: label('触达阶段', 'Reach step'), type: 'enum', column: 'funnel', options: optionsOf(funnelLabels) },
    { ...own, name: 'isDemo', label: label('演示数据', 'Synthetic'), type: 'boolean', column: 'is_demo' },
  ]);
}
