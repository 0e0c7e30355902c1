import type { ChannelBody } from '../channel';
import type { Problem } from '../content';
import { linkMark } from './encode';
import { mailLimits } from './limits';

const lengthOf = (text: string): number => [...text].length;
const controls = /(?![\n\r\t])\p{Cc}/u;

export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'email') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  const problems: Problem[] = [];
  const { subject, text } = body;
  if (subject.trim() === '') problems.push({ field: 'subject', rule: 'required', detail: '邮件缺少主题' });
  if (lengthOf(subject) > mailLimits.subjectCharacters) {
    problems.push({
      field: 'subject',
      rule: 'length',
      detail: `邮件主题至多 ${mailLimits.subjectCharacters} 字，现在是 ${lengthOf(subject)} 字`,
    });
  }
  if (/\p{Cc}/u.test(subject))
    problems.push({ field: 'subject', rule: 'characters', detail: '邮件主题只能是一行，不能含有换行或控制字符' });
  if (text.replaceAll(linkMark, '').trim() === '') problems.push({ field: 'text', rule: 'required', detail: '邮件缺少正文' });
  if (lengthOf(text) > mailLimits.textCharacters) {
    problems.push({ field: 'text', rule: 'length', detail: `邮件正文至多 ${mailLimits.textCharacters} 字，现在是 ${lengthOf(text)} 字` });
  }
  if (controls.test(text)) problems.push({ field: 'text', rule: 'characters', detail: '邮件正文不能含有控制字符' });
  return problems;
}
