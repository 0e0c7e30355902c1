import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { checkTemplate } from '../wechat-fields';
import { ruleOf } from './limits';

export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'wechat-mini') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  return checkTemplate(body, ruleOf);
}
