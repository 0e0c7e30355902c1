import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const han = /\p{Script=Han}/u;

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  bigint: '整数',
  boolean: '是或否',
  array: '列表',
  object: '一组内容',
  record: '一组内容',
  date: '日期',
  null: '空',
};

const formatNames: Readonly<Record<string, string>> = {
  email: '电子邮箱',
  url: '网址',
  uuid: '编号',
  guid: '编号',
  date: '日期，如 2026-01-31',
  datetime: '带时区的时间，如 2026-01-31T09:30:00+08:00',
  time: '时间，如 09:30',
  base64: 'Base64',
  regex: '规定的格式',
};

const unitOf = (origin: string): string => {
  if (origin === 'string') return '个字';
  return origin === 'array' || origin === 'set' ? '项' : '';
};

function sizeRule(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall): string {
  const unit = unitOf(issue.origin);
  if (issue.code === 'too_big')
    return unit ? `最多 ${issue.maximum} ${unit}` : `不能${issue.inclusive === false ? '达到或' : ''}大于 ${issue.maximum}`;
  if (issue.origin === 'string' && Number(issue.minimum) === 1) return '请填写';
  return unit ? `至少 ${issue.minimum} ${unit}` : `不能${issue.inclusive === false ? '等于或' : ''}小于 ${issue.minimum}`;
}

/** Of a union the branch that failed on the fewest points is what the user meant. */
function unionRule(issue: z.core.$ZodIssueInvalidUnion): string {
  const nearest = [...issue.errors].sort((one, other) => one.length - other.length)[0]?.[0];
  return nearest === undefined ? '不在可选的范围内' : issueWords(nearest, false);
}

/** One broken rule of a schema in the words of the screen. A schema's own message wins when it is Chinese. */
export function issueWords(issue: Issue, isAbsent: boolean): string {
  if (han.test(issue.message)) return issue.message;
  if (isAbsent) return '请填写';
  switch (issue.code) {
    case 'invalid_type':
      return `应为${typeNames[issue.expected] ?? '规定的内容'}`;
    case 'too_big':
    case 'too_small':
      return sizeRule(issue);
    case 'invalid_format':
      return `应为${formatNames[issue.format] ?? '规定的格式'}`;
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数`;
    case 'invalid_value':
      return `只能是：${issue.values.map(String).join('、')}`;
    case 'unrecognized_keys':
      return '不接受这一项';
    case 'invalid_union':
      return unionRule(issue);
    case 'invalid_key':
      return '名称不符合要求';
    default:
      return '不符合要求';
  }
}
