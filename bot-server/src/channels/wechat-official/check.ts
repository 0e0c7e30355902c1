import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { checkTemplate } from '../wechat-fields';
import { ruleOf } from './limits';

export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'wechat-official') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  const problems = checkTemplate(body, ruleOf);
  if (body.page !== null && (body.page === '' || body.page.startsWith('/')))
    problems.push({ field: 'page', rule: 'page', detail: '小程序页面路径不能为空，也不以 / 开头' });
  return problems;
}
