import { formatFen, groupDigits } from '../time/amounts';
import type { Attribute, AttributeRegistry, AttributeValue, Labels } from './attributes';
import type { Operator, Outcome, RuleDocument, RuleNode, Scalar } from './document';
import type { Gap } from './gap';
import { type Resolved, resolveCondition } from './resolve';

type Lang = 'zh' | 'en';

/** The rule as one sentence of the screen. @throws {RuleDefect} where it does not fit the registry */
export const describeRule = (rule: RuleDocument, registry: AttributeRegistry, lang: Lang): string =>
  describeNode(rule.when, registry, lang, '/when', true);

function describeNode(node: RuleNode, registry: AttributeRegistry, lang: Lang, pointer: string, isOutermost: boolean): string {
  const isZh = lang === 'zh';
  if ('not' in node) {
    const inner = describeNode(node.not, registry, lang, `${pointer}/not`, true);
    return isZh ? `不符合（${inner}）` : `not (${inner})`;
  }
  if (!('all' in node) && !('any' in node)) return describeCondition(resolveCondition(node, registry, pointer), lang);
  const kind = 'all' in node ? 'all' : 'any';
  const nodes = 'all' in node ? node.all : node.any;
  if (nodes.length === 0) return emptyTexts[kind][lang];
  const parts = nodes.map((child, index) => describeNode(child, registry, lang, `${pointer}/${kind}/${index}`, nodes.length === 1));
  const joined = parts.join(joints[kind][lang]);
  if (isOutermost || parts.length === 1) return joined;
  return isZh ? `（${joined}）` : `(${joined})`;
}

const emptyTexts = { all: { zh: '全部对象', en: 'everyone' }, any: { zh: '没有对象', en: 'no one' } } as const;
const joints = { all: { zh: '，并且', en: ' and ' }, any: { zh: '，或者', en: ' or ' } } as const;

const scalarWords: Readonly<Record<Operator, Labels>> = {
  eq: { zh: '为', en: ' is ' },
  ne: { zh: '不为', en: ' is not ' },
  in: { zh: '为', en: ' is one of ' },
  notIn: { zh: '不为', en: ' is none of ' },
  lt: { zh: '少于', en: ' is under ' },
  lte: { zh: '不超过', en: ' is at most ' },
  gt: { zh: '超过', en: ' is over ' },
  gte: { zh: '不少于', en: ' is at least ' },
  between: { zh: '在', en: ' is between ' },
  contains: { zh: '包含', en: ' has ' },
  containsAny: { zh: '包含', en: ' has one of ' },
  containsAll: { zh: '同时包含', en: ' has all of ' },
  startsWith: { zh: '属于', en: ' is within ' },
  isKnown: { zh: '已填写', en: ' is known' },
  isUnknown: { zh: '未填写', en: ' is not known' },
};

const dateWords: Readonly<Partial<Record<Operator, Labels>>> = {
  lt: { zh: '早于', en: ' is before ' },
  lte: { zh: '不晚于', en: ' is on or before ' },
  gt: { zh: '晚于', en: ' is after ' },
  gte: { zh: '不早于', en: ' is on or after ' },
};

/** One condition in words: 从业人员不少于 10 人. */
export function describeCondition({ attribute, operator, operands }: Resolved, lang: Lang): string {
  const word = ((attribute.type === 'date' ? dateWords[operator] : undefined) ?? scalarWords[operator])[lang];
  const said = operands.map((operand) => describeScalar(attribute, operand, lang));
  const head = `${attribute.label[lang]}${word}${spaceBefore(said[0] ?? '', lang)}`;
  if (operator === 'between')
    return lang === 'zh' ? `${head}${said.join('至 ')}之间`.replace('至 ¥', '至¥') : `${head}${said.join(' and ')}`;
  if (said.length === 0) return head;
  const isChoice = (operator === 'in' || operator === 'containsAny' || operator === 'notIn') && said.length > 1;
  if (lang === 'en') return head + said.join(', ');
  return `${head}${said.join('、')}${isChoice ? (operator === 'notIn' ? '中任何一项' : '之一') : ''}`;
}

/** Chinese text and a number are set apart: 不少于 10 人. */
export const spaceBefore = (said: string, lang: Lang): string => (lang === 'zh' && /^[\d-]/.test(said) ? ' ' : '');

/** A value of the attribute as a person reads it; 未知 for none. */
export function describeValue(attribute: Attribute, value: AttributeValue | null, lang: Lang): string {
  if (value === null) return lang === 'zh' ? '未知' : 'not known';
  if (typeof value !== 'object') return describeScalar(attribute, value, lang);
  if (value.length === 0) return lang === 'zh' ? '空' : 'empty';
  return value.map((item) => describeScalar(attribute, item, lang)).join(lang === 'zh' ? '、' : ', ');
}

function describeScalar(attribute: Attribute, value: Scalar, lang: Lang): string {
  if (typeof value === 'boolean') return lang === 'zh' ? (value ? '是' : '否') : value ? 'yes' : 'no';
  if (typeof value === 'string') {
    const label = attribute.options?.find((option) => option.value === value)?.label[lang];
    return label ?? (attribute.type === 'date' ? value : lang === 'zh' ? `“${value}”` : `"${value}"`);
  }
  if (attribute.type === 'money') return formatFen(value);
  return attribute.unit ? `${groupDigits(value)} ${attribute.unit[lang]}` : groupDigits(value);
}

/** 差 3 人, 多 3 人; in English 3 people short, 3 people too many. */
export function describeMiss(attribute: Attribute, { amount, direction }: Gap): Labels {
  if (amount === 0) return { zh: '刚好在界限上，不含界限', en: 'exactly on the bound, which is excluded' };
  if (attribute.type === 'date') {
    return direction === 'more'
      ? { zh: `早了 ${amount} 天`, en: `${amount} days too early` }
      : { zh: `晚了 ${amount} 天`, en: `${amount} days too late` };
  }
  const said = (lang: Lang) => describeScalar(attribute, amount, lang);
  return direction === 'more'
    ? { zh: `差 ${said('zh')}`, en: `${said('en')} short` }
    : { zh: `多 ${said('zh')}`, en: `${said('en')} too many` };
}

/** What a group says: 满足全部条件, 至少满足一项 … */
export function groupText(kind: 'all' | 'any' | 'not', outcome: Outcome): Labels {
  const row = groupTexts[kind];
  return outcome === null ? row.open : outcome ? row.holds : row.fails;
}

const groupTexts = {
  all: {
    holds: { zh: '各项条件都满足', en: 'every condition holds' },
    fails: { zh: '有条件不满足', en: 'a condition does not hold' },
    open: { zh: '有条件缺少数据，尚不能判断', en: 'undecided: something is not known' },
  },
  any: {
    holds: { zh: '至少一项条件满足', en: 'at least one condition holds' },
    fails: { zh: '没有一项条件满足', en: 'no condition holds' },
    open: { zh: '有条件缺少数据，尚不能判断', en: 'undecided: something is not known' },
  },
  not: {
    holds: { zh: '不属于所排除的情形', en: 'it is not the excluded case' },
    fails: { zh: '属于所排除的情形', en: 'it is the excluded case' },
    open: { zh: '缺少数据，尚不能判断是否排除', en: 'undecided: something is not known' },
  },
} as const;
