import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { linkMark } from './encode';
import { linkCharacters, smsTextLimits } from './limits';

const controls = /\p{Cc}/u;
const lengthOf = (text: string): number => [...text].length;

export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'sms') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  const problems: Problem[] = [];
  const [least, most] = smsTextLimits.signCharacters;
  const signLength = lengthOf(body.signName);
  if (signLength < least || signLength > most) {
    problems.push({ field: 'signName', rule: 'length', detail: `短信签名应为 ${least} 至 ${most} 个字` });
  }
  if (body.text.replaceAll(linkMark, '').trim() === '') problems.push({ field: 'text', rule: 'required', detail: '短信缺少正文' });
  const length = lengthOf(body.text.replaceAll(linkMark, '')) + (body.text.split(linkMark).length - 1) * linkCharacters;
  if (length > smsTextLimits.textCharacters) {
    const detail = `短信连同链接至多 ${smsTextLimits.textCharacters} 字，现在约 ${length} 字`;
    problems.push({ field: 'text', rule: 'length', detail });
  }
  if (controls.test(body.text)) problems.push({ field: 'text', rule: 'characters', detail: '短信正文不能含有控制字符' });
  if (/[【】]/.test(body.text)) problems.push({ field: 'text', rule: 'sign', detail: '正文里不要写【】，签名由系统加在前面' });
  return problems;
}
