import { sandboxAccounts } from '@suiban/shared/sandbox';
import type { NewMessage } from '../emulators/world/observation';
import type { Persona } from '../emulators/world/people';
import type { World } from '../emulators/world/world';

type Given = Pick<NewMessage, 'platform' | 'recipient' | 'kind'> & Partial<NewMessage>;

const blank = {
  account: 'default',
  corpId: null,
  title: '',
  body: '',
  link: null,
  buttonText: null,
  attemptKey: null,
  requestHash: '0',
  messageId: '0',
  deduped: false,
  dropped: false,
  templateId: null,
  fields: [],
  card: null,
} as const;

const page = 'packages/surveys/pages/title/index';
const url = 'https://city.example/s/1-1-1-a';
const fields = [
  { name: '问卷名称', value: '餐饮企业服务问卷' },
  { name: '截止时间', value: '2026-11-27 18:00' },
];
const card: NewMessage['card'] = {
  type: 'vote',
  taskId: 't1',
  submitText: '提交',
  submitKey: 's',
  questions: [{ key: 'q', title: '目前经营情况', mode: 'single', options: ['正常', '部分营业'].map((text) => ({ id: text, text })) }],
  buttons: [],
  facts: [{ name: '截止', value: '11月27日' }],
};

/** One message of every kind on the phone of this person, and the menus of both accounts: what a server would have sent. */
export function fillPhone(world: World, persona: Persona): void {
  const { observation, menus } = world;
  const record = (given: Given): unknown => observation.record({ ...blank, ...given });
  const entry = (label: string, items: readonly string[] = []) => ({
    label,
    type: items.length > 0 ? ('group' as const) : ('click' as const),
    key: items.length > 0 ? null : label,
    url: null,
    page: null,
    items: items.map((below) => ({ label: below, type: 'click' as const, key: below, url: null, page: null, items: [] })),
  });
  const menu = [entry('问卷'), entry('诉求'), entry('更多服务', ['进度', '人工服务'])];
  menus.set('wechat-official', world.accountName, menu, menu);
  const { openid, officialOpenid, alipayOpenId, mobile, wecom } = persona;
  if (wecom) menus.set('wecom', wecom.corpId, menu, menu);
  if (openid) record({ platform: 'wechat', recipient: openid, kind: 'subscribe-message', title: '调查问卷填写提醒', link: page, fields });
  if (alipayOpenId)
    record({ platform: 'alipay', recipient: alipayOpenId, kind: 'template-message', title: '调查问卷填写提醒', link: page, fields });
  if (mobile) record({ platform: 'sms', recipient: mobile, kind: 'sms', body: `【市经济信息化委】请填写问卷：${url}` });
  if (officialOpenid) {
    const said = (given: Pick<Given, 'kind'> & Partial<NewMessage>) =>
      record({ platform: 'wechat-official', recipient: officialOpenid, ...given });
    observation.addOwn(`wechat-official:${officialOpenid}`, '〔关注〕');
    said({ kind: 'text', body: `欢迎关注。<a href="${url}">填写问卷</a>` });
    observation.addOwn(`wechat-official:${officialOpenid}`, '问卷');
    said({ kind: 'news', title: '餐饮企业服务问卷', body: '8 题，约 3 分钟', link: url });
    said({ kind: 'miniprogrampage', title: '餐饮企业服务问卷', link: page });
    said({ kind: 'template', title: '诉求办理进度通知', link: page, fields });
    said({ kind: 'fault', body: '该公众号提供的服务出现故障，请稍后再试' });
  }
  if (wecom) {
    const said = (given: Pick<Given, 'kind'> & Partial<NewMessage>) =>
      record({ platform: 'wecom', corpId: wecom.corpId, recipient: wecom.userId, ...given });
    said({ kind: 'text', body: '您好，请回复：问卷、诉求、进度、人工。' });
    said({ kind: 'card-vote', title: '经营情况快问', body: '直接在这里选择。', card });
    said({ kind: 'textcard', title: '诉求办理进度', body: '正在办理', link: url, buttonText: '查看' });
  }
}

/** A letter, for whoever has this address. */
export const sendMail = (world: World, address: string): unknown =>
  world.observation.record({
    ...blank,
    platform: 'email',
    recipient: address,
    kind: 'mail',
    title: '餐饮企业服务问卷',
    body: `您好，请填写：\n${url}`,
    link: url,
    fields: [{ name: 'from', value: sandboxAccounts.email.from }],
  });
