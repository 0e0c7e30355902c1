import { describe, expect, it } from '@jest/globals';
import { campaignDraft } from '@suiban/shared/api/campaign-schemas';
import { addressKindOf } from '@suiban/shared/campaigns';
import { addressKinds, closingInDays, type MessageTemplate, newDraft, type PlanSubject, usualBody, usualPlan } from './default-draft';

const now = new Date('2026-11-23T20:30:00+08:00');
const zone = 'Asia/Shanghai';
const template = (
  templateId: string,
  title: string,
  fields: readonly [string, string][],
  channel: MessageTemplate['channel'] = 'wechat-mini',
): MessageTemplate => ({
  channel,
  account: 'default',
  templateId,
  title,
  isLongTerm: false,
  fields: fields.map(([key, name]) => ({ key, name, rule: '' })),
});
const templates = [
  template('orders', '诉求办理进度通知', [['thing1', '诉求内容']]),
  template('visit', '调查问卷填写提醒', [
    ['thing1', '问卷名称'],
    ['thing2', '发起单位'],
    ['time3', '截止时间'],
    ['thing4', '温馨提示'],
  ]),
  template('policy', '政策服务提醒', [
    ['thing1', '政策名称'],
    ['date3', '申报截止'],
  ]),
];
const followers = template('official-visit', '调查问卷填写提醒', [['thing1', '问卷名称']], 'wechat-official');
const visit: PlanSubject = { kind: 'cloud_visit', title: '', noticeText: '', questionnaireTitle: '餐饮企业服务问卷' };

describe('a new draft', () => {
  it('closes in a week at 18:00 of the city, wherever the browser is', () => {
    expect(newDraft(now, zone, []).window.closesAt).toBe('2026-11-30T10:00:00.000Z');
    expect(closingInDays(1, new Date('2026-11-23T23:59:00Z'), zone)).toBe('2026-11-25T10:00:00.000Z');
  });

  it('begins with the districts of the official, or with everyone', () => {
    expect(newDraft(now, zone, ['990101']).audience).toEqual({
      v: 1,
      when: { all: [{ attribute: 'districtCode', operator: 'in', value: ['990101'] }] },
    });
    expect(newDraft(now, zone, []).audience).toEqual({ v: 1, when: { all: [] } });
  });

  it('can be stored once it has a title', () => {
    const draft = newDraft(now, zone, []);
    expect(campaignDraft.safeParse(draft).success).toBe(false);
    expect(campaignDraft.safeParse({ ...draft, title: '走访', plan: usualPlan(visit, templates) }).success).toBe(true);
  });
});

describe('the usual plan', () => {
  it('is mini-program, service account, WeCom, SMS, each with the template that fits', () => {
    const plan = usualPlan(visit, [...templates, followers]);
    expect(plan.map((step) => step.body.channel)).toEqual(['wechat-mini', 'wechat-official', 'wecom', 'sms']);
    expect(plan[1]?.body).toMatchObject({ templateId: 'official-visit', opens: 'mini-program', data: { thing1: '〔问卷名称〕' } });
    expect(plan[0]?.body).toEqual({
      channel: 'wechat-mini',
      templateId: 'visit',
      data: { thing1: '〔问卷名称〕', thing2: '〔发起单位〕', time3: '〔截止时间〕', thing4: '共 〔题数〕 题，约 〔用时〕，自愿填写' },
    });
  });

  it('goes without the steps that have no template', () => {
    expect(usualPlan(visit, []).map((step) => step.body.channel)).toEqual(['wecom', 'sms']);
    expect(usualPlan(visit, templates).map((step) => step.body.channel)).toEqual(['wechat-mini', 'wecom', 'sms']);
  });

  it.each(addressKinds)('has texts for %s that can be stored and say what is asked', (kind) => {
    const alipay = template('alipay', '调查问卷填写提醒', [['keyword1', '问卷名称']], 'alipay-mini');
    const body = usualBody(kind, visit, [...templates, followers, alipay]);
    expect(addressKindOf(body)).toBe(kind);
    const draft = { ...newDraft(now, zone, []), title: '走访', plan: [{ account: 'default', body }] };
    expect(campaignDraft.safeParse(draft).error).toBeUndefined();
    expect(JSON.stringify(body)).toContain('〔问卷名称〕');
  });

  it('shortens a name that a short field would not hold', () => {
    const long = { ...visit, questionnaireTitle: '二〇二六年下半年全市餐饮企业经营情况与服务需求问卷' };
    const body = usualBody('wechat-mini', long, templates);
    const name = body.channel === 'wechat-mini' ? body.data.thing1 : undefined;
    expect([...(name ?? '')]).toHaveLength(20);
    expect(name?.endsWith('…')).toBe(true);
  });

  it('says of a notice what it says, and asks for nothing', () => {
    const notice: PlanSubject = { kind: 'notice', title: '稳岗补贴开始申报', noticeText: '正文', questionnaireTitle: null };
    const [mini, wecom, sms] = usualPlan(notice, templates).map((step) => step.body);
    expect(mini).toMatchObject({ templateId: 'policy', data: { thing1: '稳岗补贴开始申报', date3: '〔截止时间〕' } });
    expect(wecom).toMatchObject({ title: '【〔发起单位〕】稳岗补贴开始申报', description: '正文', buttonText: '去查看' });
    expect(JSON.stringify([mini, wecom, sms])).not.toMatch(/题数|填写/);
  });
});
