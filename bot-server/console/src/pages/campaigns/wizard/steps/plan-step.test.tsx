import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BodyDraft, CampaignDraft } from '@suiban/shared/api/campaigns';
import { cityApi } from '@suiban/shared/api/city';
import { identityApi } from '@suiban/shared/api/identity';
import { subscriptionsApi } from '@suiban/shared/api/messages';
import { type AddressKind, addressKindOf } from '@suiban/shared/campaigns';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { MemoryRouter } from 'react-router';
import { LanguageProvider } from '../../../../i18n/language';
import { SignedIn } from '../../../../layout/session';
import { addressKinds, type MessageTemplate, newDraft, usualBody } from '../default-draft';
import type { Wizard } from '../use-wizard';
import { PlanStep } from './plan-step';

const zone = 'Asia/Shanghai';
const subject = { kind: 'cloud_visit', title: '', noticeText: '', questionnaireTitle: '餐饮企业服务问卷' } as const;
const template = (channel: MessageTemplate['channel'], templateId: string): MessageTemplate => ({
  channel,
  account: 'default',
  templateId,
  title: '调查问卷填写提醒',
  isLongTerm: false,
  fields: [{ key: 'thing1', name: '问卷名称', rule: '20 个字以内' }],
});
const templates = [template('wechat-mini', 'm1'), template('wechat-official', 'o1'), template('alipay-mini', 'a1')];
const everyStep: CampaignDraft['plan'] = addressKinds.map((kind) => ({ account: 'default', body: usualBody(kind, subject, templates) }));

function signedInClient(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } });
  const me = { id: '1', name: '周', bureauId: 'b', bureauName: '市商务委', permissions: ['subscriptions.read'], districtCodes: [] };
  client.setQueryData([identityApi.getMe.id, identityApi.getMe.path], me);
  client.setQueryData([cityApi.getCity.id, cityApi.getCity.path], { productName: '随办', timeZone: zone, districts: [] });
  const figures = {
    channel: 'wechat-mini',
    account: 'default',
    templateId: 'm1',
    people: 860,
    longTerm: 300,
    credits: 1234,
    usedUp: 40,
    gone: 2,
    byAge: [30, 90, 180, null].map((uptoDays, index) => ({ uptoDays, credits: index === 1 ? 0 : 100 })),
    oldestAt: '2026-01-05T02:00:00.000Z',
  };
  client.setQueryData([subscriptionsApi.listCreditFigures.id, subscriptionsApi.listCreditFigures.path], { items: [figures] });
  return client;
}

const line = (step: number, channel: BodyDraft['channel'], part: object = {}) => ({
  step,
  channel,
  addressed: 1200,
  reachable: 1200,
  longTerm: 0,
  gone: 0,
  first: 10,
  seconds: 1,
  ...part,
});

const changed: Partial<CampaignDraft>[] = [];
function show(plan: CampaignDraft['plan'], faults: Readonly<Record<string, readonly string[]>> = {}): void {
  const wizard = {
    draft: { ...newDraft(new Date('2026-11-23T12:00:00Z'), zone, []), plan },
    change: (part: Partial<CampaignDraft>) => changed.push(part),
    faultsAt: (field: string) => faults[field] ?? [],
    templates: { isPending: false, error: null, data: { items: templates } },
    reach: {
      data: {
        unreachable: 3,
        reach: plan.map(({ body }, step) =>
          line(step, body.channel, body.channel === 'wechat-mini' ? { reachable: 860, longTerm: 300, gone: 2 } : {}),
        ),
      },
    },
    check: { data: undefined },
    campaign: null,
    document: null,
    subject,
  } as unknown as Wizard;
  render(
    <QueryClientProvider client={signedInClient()}>
      <MemoryRouter>
        <LanguageProvider>
          <SignedIn>
            <PlanStep wizard={wizard} />
          </SignedIn>
        </LanguageProvider>
      </MemoryRouter>
    </QueryClientProvider>,
  );
}
beforeEach(() => {
  changed.length = 0;
});
afterEach(cleanup);

// By text and label, not by role: working out what is visible takes jsdom seconds per element under these styles.
const of = (...kinds: readonly AddressKind[]) => everyStep.filter(({ body }) => kinds.includes(addressKindOf(body)));

describe('渠道与时间', () => {
  it('has a card for mail, customers and the service account, each with its own fields', () => {
    show(of('wechat-official', 'wecom-contact', 'email'));
    const titles = [...document.querySelectorAll('.plan-steps .ant-card-head-title')].map((each) => each.textContent);
    expect(titles).toEqual(['第 1 步：服务号模板消息', '第 2 步：企业微信客户（服务专员代发）', '第 3 步：邮件']);
    expect(screen.getByLabelText('邮件主题')).toHaveProperty('value', '【〔发起单位〕】请填写《〔问卷名称〕》');
    expect(screen.getByLabelText('发给客户的消息')).toBeTruthy();
    expect(screen.getByText(/服务专员在企业微信里确认后才会发出/)).toBeTruthy();
    expect(screen.getByDisplayValue('mini-program')).toHaveProperty('checked', true);
  });

  it('says who can be sent a template today, and how old the permissions are', () => {
    show(of('wechat-mini', 'alipay-mini'));
    expect(
      screen.getByText(/有联系方式 1,200 家，今天可发 860 家（其中长期订阅 300 家），没有可发次数 338 家，平台已找不到 2 家的经办人/),
    ).toBeTruthy();
    expect(screen.getByText(/860 人可发（长期订阅 300 人），一次性授权剩 1,234 次/)).toBeTruthy();
    expect(screen.getByText(/按授权时间：0 至 30 天前 100 次，90 至 180 天前 100 次，180 天以前 100 次/)).toBeTruthy();
    expect(screen.getByText(/还没有人授权这个模板/)).toBeTruthy();
  });

  it('adds what is missing with texts that stand, and nothing twice', async () => {
    show(of('sms'));
    fireEvent.click(screen.getByText('添加渠道'));
    expect(await screen.findByText('邮件')).toBeTruthy();
    expect(screen.queryByText('短信')).toBeNull();
    fireEvent.click(screen.getByText('邮件'));
    expect(changed[0]?.plan?.at(-1)?.body).toMatchObject({ channel: 'email', subject: expect.stringContaining('〔问卷名称〕') });
  });

  it('shows what is wrong beside its field', () => {
    show([{ account: 'default', body: { channel: 'wecom', form: 'contact', text: '' } }], {
      'plan/0/body/text': ['发给客户的消息缺少正文'],
    });
    expect(screen.getByText('发给客户的消息缺少正文')).toBeTruthy();
  });
});
