import type { Problem } from '../content';
import type { LifeArticle, LifeContent, LifeMessage } from '../life-account';
import { lifeLimits } from './limits';

/** Every field that is missing or cannot be one. */
export function checkLife(message: LifeMessage | LifeContent): readonly Problem[] {
  const to = 'openid' in message && String(message.openid).trim() === '' ? [missing('openid', '接收人')] : [];
  return [...to, ...('templateId' in message ? checkTemplate(message) : checkContent(message))];
}

function checkTemplate({ templateId, context }: LifeMessage): Problem[] {
  const problems: Problem[] = templateId.trim() === '' ? [missing('templateId', '消息模板')] : [];
  const entries = Object.entries(context.fields);
  if (entries.length === 0) problems.push(missing('context/fields', '模板字段'));
  for (const [key, value] of entries) {
    const field = `context/fields/${key}`;
    if (!/^(first|remark|keyword[1-9]\d?)$/.test(key)) problems.push({ field, rule: 'key', detail: `生活号模板没有字段“${key}”` });
    if (value.trim() === '') problems.push(missing(field, key));
  }
  if (context.url !== null) problems.push(...checkUrl('context/url', context.url));
  return problems;
}

function checkContent(content: LifeContent): Problem[] {
  if ('text' in content) return checkText('text', '文字', content.text, lifeLimits.textCharacters);
  const { articles } = content;
  if (articles.length === 0) return [missing('articles', '图文')];
  const tooMany: Problem[] =
    articles.length > lifeLimits.articles
      ? [{ field: 'articles', rule: 'count', detail: `图文应在 ${lifeLimits.articles} 条以内，现在是 ${articles.length} 条` }]
      : [];
  return [...tooMany, ...articles.flatMap(checkArticle)];
}

const checkArticle = ({ title, text, url, imageUrl }: LifeArticle, index: number): Problem[] => [
  ...checkText(`articles/${index}/title`, '标题', title, lifeLimits.titleCharacters),
  ...checkText(`articles/${index}/text`, '摘要', text, lifeLimits.textCharacters),
  ...checkUrl(`articles/${index}/url`, url),
  ...(imageUrl === null ? [] : checkUrl(`articles/${index}/imageUrl`, imageUrl)),
];

function checkText(field: string, name: string, text: string, most: number): Problem[] {
  if (text.trim() === '') return [missing(field, name)];
  const length = [...text].length;
  return length <= most ? [] : [{ field, rule: 'length', detail: `${name}应在 ${most} 个字以内，现在是 ${length} 个字` }];
}

const checkUrl = (field: string, url: string): Problem[] =>
  /^https?:\/\/\S+$/.test(url) ? [] : [{ field, rule: 'url', detail: '请填写以 http:// 或 https:// 开头的网址' }];

const missing = (field: string, name: string): Problem => ({ field, rule: 'required', detail: `${name}不能为空` });
