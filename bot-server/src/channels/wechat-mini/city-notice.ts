import type { CityNotice, CityNotices } from '../broadcast';
import type { Problem } from '../content';
import { requireFields } from '../require-fields';
import type { WechatClient } from '../wechat-client';
import { dataOf } from '../wechat-fields';

/**
 * Under the token of the Official Account that is linked to the mini-program and may send them. Who follows that account can be
 * sent to at any time; others after they came through the city services, ten times in 30 days and five times an hour.
 * @see https://developers.weixin.qq.com/miniprogram/dev/server/API/cityservice/basic/api_cityservice_sendmsgdata.html (read 2026-11)
 */
export function cityNotices(client: WechatClient): CityNotices {
  return {
    check: checkNotice,
    async send(notice) {
      requireFields(checkNotice(notice));
      const { result_page_url: url } = await client.demand({ path: '/cityservice/sendmsgdata', body: encodeNotice(notice) });
      return { resultPageUrl: typeof url === 'string' && url !== '' ? url : null };
    },
  };
}

function encodeNotice({ openid, templateId, orderNo, url, data, styles = {} }: CityNotice): string {
  const { resultPage, record, card } = styles;
  return JSON.stringify({
    openid,
    biz_template_id: templateId,
    ...(resultPage === undefined ? {} : { result_page_style_id: resultPage }),
    ...(record === undefined ? {} : { deal_msg_style_id: record }),
    ...(card === undefined ? {} : { card_style_id: card }),
    order_no: orderNo,
    ...(url === null ? {} : { url }),
    data: dataOf(data),
  });
}

const required = (field: string, value: string, detail: string): Problem[] =>
  value.trim() === '' ? [{ field, rule: 'required', detail }] : [];

/** The platform says 40097 to most of these, and not which. Keys are as the template names them: it has no kinds of fields. */
function checkNotice({ openid, templateId, orderNo, url, data, styles = {} }: CityNotice): readonly Problem[] {
  return [
    ...required('openid', openid, '缺少接收人的微信标识'),
    ...required('templateId', templateId, '请选择城市服务的消息模板'),
    ...required('orderNo', orderNo, '缺少办件编号'),
    ...(/[\s\p{Cc}]/u.test(orderNo.trim()) ? [{ field: 'orderNo', rule: 'characters', detail: '办件编号不能含有空白' }] : []),
    ...checkUrl(url, styles.resultPage !== undefined),
    ...(Object.keys(data).length === 0 ? [{ field: 'data', rule: 'required', detail: '请填写模板的字段' }] : []),
    ...Object.entries(data).flatMap(([key, value]) => required(`data/${key}`, value, `字段 ${key} 不能为空`)),
  ];
}

function checkUrl(url: string | null, isNeeded: boolean): Problem[] {
  if (url === null) return isNeeded ? [{ field: 'url', rule: 'required', detail: '结果页需要跳转地址' }] : [];
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
    ? []
    : [{ field: 'url', rule: 'format', detail: '跳转地址应以 https:// 或 http:// 开头' }];
}
