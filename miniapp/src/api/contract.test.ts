import { describe, expect, it, jest } from '@jest/globals';
import { campaignsApi } from '@suiban/shared/api/campaigns';
import { cityApi } from '@suiban/shared/api/city';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { identityApi } from '@suiban/shared/api/identity';
import { messagesApi, subscriptionsApi } from '@suiban/shared/api/messages';
import type { Operation } from '@suiban/shared/api/operation';
import { surveysApi } from '@suiban/shared/api/surveys';
import { workOrdersApi } from '@suiban/shared/api/work-orders';

interface Sent {
  url: string;
  method: string;
  header: Record<string, string>;
  data?: string;
}
let sent: Sent | undefined;
jest.unstable_mockModule('@tarojs/taro', () => ({
  default: {
    request: async (options: Sent) => {
      sent = options;
      return { statusCode: 200, data: {} };
    },
  },
}));
const identity = await import('./identity');
const city = await import('./city');
const invitations = await import('./invitations');
const messages = await import('./messages');
const surveys = await import('./surveys');
const orders = await import('./work-orders');

const operations: Operation[] = [
  campaignsApi,
  cityApi,
  enterprisesApi,
  identityApi,
  messagesApi,
  subscriptionsApi,
  surveysApi,
  workOrdersApi,
].flatMap((each) => Object.values(each) as unknown as Operation[]);
const shape = (path: string) => new RegExp(`^${path.replace(/:[A-Za-z]+/g, '[^/]+')}$`);
const token = 't';
const link = 'abcdefghijklmnopqrstuvwxyz';
const savedAt = '2026-11-24T10:00:00.000Z';

/** Every function of this folder with what a page gives it, and the operation of the server it must be. */
const calls: [operation: string, call: () => Promise<unknown>][] = [
  ['requestPhoneCode', () => identity.requestPhoneCode('13800001234')],
  ['signInByPhone', () => identity.signInByPhone('13800001234', '123456')],
  ['signInByPlatform', () => identity.signInByPlatform('wechat-mini', 'code')],
  ['signInByPlatform', () => identity.signInByBrowser('wecom', 'code', 'state')],
  ['setMyMobileByWechat', () => identity.bindMobileOfWechat(token, 'code')],
  ['openLinkSession', () => identity.signInByLink(link)],
  ['getMyself', () => identity.getMyself(token)],
  ['setMyMobile', () => identity.bindMobile(token, '13800001234', '123456')],
  ['signOutPerson', () => identity.signOut(token)],
  ['getCityForPhone', () => city.getCity()],
  ['getMyInvitation', () => invitations.getInvitation(link)],
  ['bindByInvitation', () => invitations.acceptInvitation(token, link)],
  ['listMyMessages', () => messages.listMyMessages(token, { enterpriseId: '1', group: 'todo', cursor: 'c' })],
  ['countMyMessages', () => messages.countMyMessages(token, '1')],
  ['getMyMessage', () => messages.getMyMessage(token, 'm1')],
  ['readMyMessages', () => messages.readMyMessages(token, ['m1'])],
  ['listMySubscriptions', () => messages.listMySubscriptions(token)],
  ['recordSubscriptionGrant', () => messages.recordSubscriptionGrant(token, { tpl: 'accept', other: 'reject' })],
  ['listMySurveys', () => surveys.listMySurveys(token)],
  ['getMySurvey', () => surveys.getMySurvey(token, '7', '1')],
  ['saveSurveyDraft', () => surveys.saveDraft(token, '7', { enterpriseId: '1', answers: [{ questionId: 'q', answer: null, savedAt }] })],
  ['submitSurvey', () => surveys.submitSurvey(token, '7', { enterpriseId: '1', version: 1, answers: { q: 'text' } }, 'key')],
  ['listMyWorkOrders', () => orders.listMyWorkOrders(token, '1')],
  ['getMyWorkOrder', () => orders.getMyWorkOrder(token, 'w1')],
  ['createMyWorkOrder', () => orders.createMyWorkOrder(token, { enterpriseId: '1', matterId: 'm', text: '五个字以上' }, 'key')],
  ['urgeWorkOrder', () => orders.urgeWorkOrder(token, 'w1')],
  ['supplementWorkOrder', () => orders.supplementWorkOrder(token, 'w1', '补充')],
  ['rateWorkOrder', () => orders.rateWorkOrder(token, 'w1', { solved: 'yes', satisfaction: 5, comment: '谢谢' })],
  ['reopenWorkOrder', () => orders.reopenWorkOrder(token, 'w1', '没有解决')],
];

describe("the phone's calls and the server's contract", () => {
  it.each(calls)('%s', async (id, call) => {
    await call();
    const [address = '', search = ''] = sent?.url.split('?') ?? [];
    const found = operations.find((each) => each.method === sent?.method.toLowerCase() && shape(each.path).test(address));
    expect(found?.id).toBe(id);
    const body = sent?.data === undefined ? {} : JSON.parse(sent.data);
    expect(found?.body.safeParse(body).error).toBeUndefined();
    expect(found?.query.safeParse(Object.fromEntries(new URLSearchParams(search))).error).toBeUndefined();
    expect(sent?.header.authorization !== undefined).toBe(found?.auth === 'person');
  });

  it('names every function of the folder', () => {
    const functions = [identity, city, invitations, messages, surveys, orders].flatMap((each) =>
      Object.values(each).filter((value) => typeof value === 'function'),
    );
    // The address of an attachment is no call: the platform's downloader uses it.
    expect(functions).toHaveLength(calls.length + 1);
    expect(shape(workOrdersApi.downloadMyWorkOrderAttachment.path).test(orders.attachmentPath('w1', 'a1'))).toBe(true);
  });
});
