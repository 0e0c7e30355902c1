import type { ChannelBody } from '../channel';
import type { InteractiveCard } from '../chat';
import type { Problem } from '../content';
import { linkMark } from './encode';
import { cardLimits, contactLimits, textcardLimits } from './limits';

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');
const lengthOf = (text: string): number => [...text].length;

/** Field rules of textcards, interactive cards and messages to contacts, before launch. */
export function check(body: ChannelBody): readonly Problem[] {
  if (body.channel !== 'wecom') return [{ field: 'channel', rule: 'channel', detail: '内容与渠道不符' }];
  if (body.form === 'textcard') return checkTextcard(body);
  return body.form === 'contact' ? checkContact(body.text) : [...checkCardTexts(body), ...checkCard(body.card)];
}

/** The longest personal link is counted in, whether the text names its place or it follows behind. */
function checkContact(text: string): Problem[] {
  const words = text.replaceAll(linkMark, '');
  if (words.trim() === '') return [{ field: 'text', rule: 'required', detail: '发给客户的消息缺少正文' }];
  const bytes = bytesOf(words) + Math.max(1, text.split(linkMark).length - 1) * contactLimits.linkBytes;
  if (bytes <= contactLimits.textBytes) return [];
  return [
    { field: 'text', rule: 'bytes', detail: `正文连同链接至多 ${contactLimits.textBytes} 字节（约 1300 个汉字），现在约 ${bytes} 字节` },
  ];
}

function checkTextcard(body: { title: string; description: string; buttonText: string }): Problem[] {
  const problems: Problem[] = [];
  if (body.title.trim() === '') problems.push({ field: 'title', rule: 'required', detail: '卡片缺少标题' });
  if (body.description.trim() === '') problems.push({ field: 'description', rule: 'required', detail: '卡片缺少说明' });
  const titleBytes = bytesOf(body.title);
  if (titleBytes > textcardLimits.titleBytes) {
    const detail = `卡片标题至多 ${textcardLimits.titleBytes} 字节（约 42 个汉字），现在是 ${titleBytes} 字节`;
    problems.push({ field: 'title', rule: 'bytes', detail });
  }
  const descriptionBytes = bytesOf(body.description);
  if (descriptionBytes > textcardLimits.descriptionBytes) {
    const detail = `卡片说明至多 ${textcardLimits.descriptionBytes} 字节（约 170 个汉字），现在是 ${descriptionBytes} 字节`;
    problems.push({ field: 'description', rule: 'bytes', detail });
  }
  if (lengthOf(body.buttonText) > textcardLimits.buttonCharacters || body.buttonText.trim() === '') {
    problems.push({ field: 'buttonText', rule: 'length', detail: `按钮文字为 1 至 ${textcardLimits.buttonCharacters} 个字` });
  }
  return problems;
}

function checkCardTexts(body: { title: string; description: string; card: InteractiveCard }): Problem[] {
  const problems: Problem[] = [];
  if (body.title.trim() === '') problems.push({ field: 'title', rule: 'required', detail: '卡片缺少标题' });
  if (lengthOf(body.title) > cardLimits.titleCharacters) {
    problems.push({ field: 'title', rule: 'length', detail: `卡片标题至多 ${cardLimits.titleCharacters} 字` });
  }
  if (lengthOf(body.description) > cardLimits.descriptionCharacters) {
    problems.push({ field: 'description', rule: 'length', detail: `卡片说明至多 ${cardLimits.descriptionCharacters} 字` });
  }
  if (body.card.submitText.trim() === '' || lengthOf(body.card.submitText) > 10) {
    problems.push({ field: 'buttonText', rule: 'length', detail: '提交按钮文字为 1 至 10 个字' });
  }
  return problems;
}

function checkCard(card: InteractiveCard): Problem[] {
  const problems: Problem[] = [];
  if (!/^[0-9A-Za-z_\-@]{1,128}$/.test(card.taskId)) problems.push({ field: 'card/taskId', rule: 'characters', detail: '卡片编号不合规' });
  const count = card.questions.length;
  if (count < 1 || count > cardLimits.selects) {
    problems.push({ field: 'card/questions', rule: 'count', detail: `卡片里只能放 1 至 ${cardLimits.selects} 道题，现在是 ${count} 道` });
  }
  if (count > 1 && card.questions.some(({ mode }) => mode === 'multiple')) {
    problems.push({ field: 'card/questions', rule: 'mode', detail: '卡片里放两三道题时，每道都必须是单选题' });
  }
  const mostOptions = count === 1 ? cardLimits.voteOptions : cardLimits.selectOptions;
  card.questions.forEach((question, index) => {
    const field = `card/questions/${index}`;
    const { length } = question.options;
    if (length < 2 || length > mostOptions) {
      problems.push({ field, rule: 'options', detail: `第 ${index + 1} 题有 ${length} 个选项，卡片里应为 2 至 ${mostOptions} 个` });
    }
    const isLong = question.options.some(({ text }) => lengthOf(text) > cardLimits.optionCharacters);
    if (isLong) problems.push({ field, rule: 'option-length', detail: `第 ${index + 1} 题有选项超过 ${cardLimits.optionCharacters} 字` });
    const isBadKey =
      bytesOf(question.key) > cardLimits.questionKeyBytes || question.options.some(({ id }) => bytesOf(id) > cardLimits.optionIdBytes);
    if (isBadKey) problems.push({ field, rule: 'key', detail: `第 ${index + 1} 题的编号过长` });
  });
  return problems;
}
