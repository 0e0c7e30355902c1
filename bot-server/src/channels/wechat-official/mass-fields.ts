import type { MassMessage } from '../broadcast';
import type { Problem } from '../content';
import { massLimits } from './limits';

export const checkMass = ({ audience, content, key }: MassMessage): readonly Problem[] => [
  ...checkAudience(audience),
  ...checkContent(content),
  ...(key.trim() === '' ? [{ field: 'key', rule: 'required', detail: '群发缺少编号，无法识别重复提交' }] : []),
];

/** A name said twice would use up two of the person's four messages a month. */
function checkAudience(audience: MassMessage['audience']): Problem[] {
  if (audience.to === 'all') return [];
  if (audience.to === 'tag')
    return Number.isSafeInteger(audience.tagId) && audience.tagId >= 0
      ? []
      : [{ field: 'audience/tagId', rule: 'format', detail: '请选择公众号后台已有的标签' }];
  const { openids } = audience;
  const { leastOpenids, mostOpenids } = massLimits;
  const field = 'audience/openids';
  if (openids.length < leastOpenids || openids.length > mostOpenids)
    return [{ field, rule: 'count', detail: `按名单群发为 ${leastOpenids} 至 ${mostOpenids} 人，现在是 ${openids.length} 人` }];
  if (openids.some((openid) => openid.trim() === '')) return [{ field, rule: 'required', detail: '名单里有人没有公众号标识' }];
  return new Set(openids).size === openids.length ? [] : [{ field, rule: 'unique', detail: '名单里有人重复，请去重后再发' }];
}

function checkContent(content: MassMessage['content']): Problem[] {
  if (content.form === 'article')
    return content.mediaId.trim() === '' ? [{ field: 'content/mediaId', rule: 'required', detail: '请选择要群发的图文草稿' }] : [];
  if (content.text.trim() === '') return [{ field: 'content/text', rule: 'required', detail: '请填写群发的内容' }];
  const bytes = Buffer.byteLength(content.text, 'utf8');
  return bytes <= massLimits.textBytes
    ? []
    : [{ field: 'content/text', rule: 'length', detail: `群发文字最多 ${massLimits.textBytes} 字节，现在是 ${bytes} 字节` }];
}
