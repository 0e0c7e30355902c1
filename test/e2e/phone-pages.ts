import type { PersonSession } from '@suiban/shared/api/identity';
import { surveysApi } from '@suiban/shared/api/surveys';
import { workOrdersApi } from '@suiban/shared/api/work-orders';
import { ApiClient } from '../../scripts/support/api-client';
import type { E2eStage } from './stage';

export interface PhonePage {
  readonly name: string;
  readonly path: string;
  /** Words that only this page shows: an error page has no obstacles either. */
  readonly has: string;
  /** Seen without signing in. */
  readonly isOpen?: boolean;
}

/** Every page of the mini-program, with something on it. */
export async function phonePages(stage: E2eStage, session: PersonSession): Promise<readonly PhonePage[]> {
  const phone = new ApiClient(stage.baseUrl);
  phone.token = session.token;
  const surveys = (await phone.call(surveysApi.listMySurveys)).items;
  const open = surveys.find(({ state }) => state === 'open');
  const enterpriseId = open?.enterpriseId ?? '';
  const firm = `campaignId=${open?.campaignId}&enterpriseId=${enterpriseId}`;
  const order = await phone.call(workOrdersApi.createMyWorkOrder, {
    body: { enterpriseId, matterId: 'rent', text: '门店租约下月到期，希望协调续租。' },
  });
  const at = (pack: string, name: string, search = '') => `/m/packages/${pack}/pages/${name}/index${search && `?${search}`}`;
  return [
    { name: 'home', has: '登录', path: '/m/pages/home/index', isOpen: true },
    { name: 'home of an agent', has: '待填问卷', path: '/m/pages/home/index' },
    { name: 'messages', has: '为什么收到', path: '/m/pages/messages/index' },
    { name: 'mine', has: '关怀模式', path: '/m/pages/mine/index' },
    { name: 'sign-in', has: '获取验证码', path: at('account', 'sign-in'), isOpen: true },
    { name: 'settings', has: '本机数据', path: at('account', 'settings') },
    { name: 'privacy', has: '我们收集什么', path: at('account', 'legal', 'document=privacy'), isOpen: true },
    { name: 'terms', has: '自愿填写', path: at('account', 'legal', 'document=terms'), isOpen: true },
    { name: 'binding a number', has: '确认绑定', path: at('account', 'bind'), isOpen: true },
    { name: 'survey', has: '为什么填写', path: at('surveys', 'title', firm) },
    { name: 'question', has: '目前门店经营情况', path: at('surveys', 'answer', `${firm}&step=go-on`) },
    { name: 'review', has: '这道题必须回答', path: at('surveys', 'review', firm) },
    { name: 'broken link', has: '链接打不开', path: at('surveys', 'answer', 'link=1-1-1-aaaaaaaaaa'), isOpen: true },
    { name: 'appeals', has: '待派单', path: at('appeals', 'list') },
    { name: 'appeal', has: '办理经过', path: at('appeals', 'detail', `id=${order.id}`) },
    { name: 'new appeal', has: '属于哪一类', path: at('appeals', 'new') },
  ];
}
