import { type AttributeRegistry, attributeRegistry } from './attributes';

const owner = 'enterprises';
const source = { zh: '企业名单', en: 'Enterprise list' };

/** One attribute of each type, as the tests of this folder use them. */
export const firmRegistry: AttributeRegistry = attributeRegistry([
  {
    name: 'industry',
    label: { zh: '行业', en: 'Industry' },
    type: 'text',
    options: [
      { value: '62', label: { zh: '餐饮业', en: 'Catering' } },
      { value: '61', label: { zh: '住宿业', en: 'Lodging' } },
    ],
    owner,
    source,
    column: 'industry_code',
  },
  {
    name: 'size',
    label: { zh: '规模', en: 'Size' },
    type: 'enum',
    options: [
      { value: 'small', label: { zh: '小型', en: 'small' } },
      { value: 'micro', label: { zh: '微型', en: 'micro' } },
      { value: 'large', label: { zh: '大型', en: 'large' } },
    ],
    owner,
    source,
    column: 'size_class',
  },
  {
    name: 'staff',
    label: { zh: '从业人员', en: 'Staff' },
    type: 'integer',
    unit: { zh: '人', en: 'people' },
    owner,
    source,
    column: 'staff_count',
  },
  { name: 'revenue', label: { zh: '年营业收入', en: 'Annual revenue' }, type: 'money', owner, source, column: 'annual_revenue_fen' },
  {
    name: 'area',
    label: { zh: '经营面积', en: 'Floor area' },
    type: 'number',
    unit: { zh: '平方米', en: 'm²' },
    owner,
    source,
    column: 'area',
  },
  { name: 'foundedOn', label: { zh: '成立日期', en: 'Founded' }, type: 'date', owner, source, column: 'founded_on' },
  { name: 'isDemo', label: { zh: '演示数据', en: 'Demo data' }, type: 'boolean', owner, source, column: 'is_demo' },
  { name: 'tags', label: { zh: '标签', en: 'Tags' }, type: 'set', owner, source, column: 'tags' },
  { name: 'answer', label: { zh: '第3题', en: 'Question 3' }, type: 'enum', owner: 'questionnaires', source: { zh: '问卷', en: 'Form' } },
]);
