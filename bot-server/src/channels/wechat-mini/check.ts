import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { fieldRuleOf } from './limits';

const controls = /[\p{Cc}\u2028\u2029]/u;

/** Each field by the rule of its kind; the platform would answer 47003 and name only the first. */
export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'wechat-mini') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  const problems: Problem[] = [];
  if (body.templateId === '') problems.push({ field: 'templateId', rule: 'required', detail: '请选择消息模板' });
  const entries = Object.entries(body.data);
  if (entries.length === 0) problems.push({ field: 'data', rule: 'required', detail: '请填写模板的字段' });
  for (const [key, value] of entries) problems.push(...checkField(key, value));
  return problems;
}

function checkField(key: string, value: string): Problem[] {
  const field = `data/${key}`;
  const rule = fieldRuleOf(key);
  if (!rule) return [{ field, rule: 'key', detail: `模板里没有“${key}”这种字段` }];
  if (value.trim() === '') return [{ field, rule: 'required', detail: `字段 ${key} 不能为空` }];
  if (controls.test(value)) return [{ field, rule: 'characters', detail: `字段 ${key} 不能换行或含有控制字符` }];
  return rule.fits(value)
    ? []
    : [{ field, rule: 'format', detail: `字段 ${key} 应为${rule.rule}，现在是“${value}”（${[...value].length} 个字）` }];
}
