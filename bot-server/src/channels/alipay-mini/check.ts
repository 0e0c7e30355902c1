import type { AlipayAccount } from '../../config/accounts';
import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { valueCharacters } from './limits';

const controls = /[\p{Cc}\u2028\u2029]/u;

/** The template with its keywords, each filled and short enough: the platform would name the first fault only, message by message. */
export const check =
  (templates: AlipayAccount['templates']) =>
  (body: ChannelBody): readonly Problem[] => {
    if (body.channel !== 'alipay-mini') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
    const problems: Problem[] = [];
    if (body.page.trim() === '') problems.push({ field: 'page', rule: 'required', detail: '请填写消息打开的页面' });
    if (body.templateId === '') return [...problems, { field: 'templateId', rule: 'required', detail: '请选择消息模板' }];
    const template = templates.find(({ id }) => id === body.templateId);
    if (!template) return [...problems, { field: 'templateId', rule: 'known', detail: '系统里没有登记这个支付宝消息模板' }];
    for (const { key, name } of template.keywords) problems.push(...checkValue(`data/${key}`, name, body.data[key] ?? ''));
    for (const key of Object.keys(body.data)) {
      if (!template.keywords.some((keyword) => keyword.key === key))
        problems.push({ field: `data/${key}`, rule: 'key', detail: `模板“${template.title}”里没有字段“${key}”` });
    }
    return problems;
  };

function checkValue(field: string, name: string, value: string): Problem[] {
  if (value.trim() === '') return [{ field, rule: 'required', detail: `“${name}”不能为空` }];
  if (controls.test(value)) return [{ field, rule: 'characters', detail: `“${name}”不能换行或含有控制字符` }];
  const length = [...value].length;
  return length <= valueCharacters
    ? []
    : [{ field, rule: 'length', detail: `“${name}”应在 ${valueCharacters} 个字以内，现在是 ${length} 个字` }];
}
