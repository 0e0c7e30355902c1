import type { PublicCity } from '@suiban/shared/api/city';
import type { Myself } from '@suiban/shared/api/identity';
import type { Message } from '@suiban/shared/api/messages';
import type { MyWorkOrder, TimelineAction } from '@suiban/shared/api/work-orders';
import { restaurantForm, type SurveyDocument } from '@suiban/shared/surveys';

/** A fictional city: nothing here names a real one. */
export const city: PublicCity = {
  id: 'linhai',
  name: '临海市',
  nameEn: 'Linhai',
  productName: '随办',
  cityCodeName: '临海码',
  hotline: '12345',
  timeZone: 'Asia/Shanghai',
  primaryColour: '#1B5FCC',
  footer: { recordNumber: '临ICP备00000000号', operator: '临海市数据局' },
  districts: [{ code: '999901', name: '东湾区', nameEn: 'Dongwan', subdistricts: ['港口街道'] }],
  bureaus: [{ id: 'commerce', name: '市商务局', nameEn: 'Commerce Bureau' }],
  matters: [
    { id: 'finance', name: '融资贷款', bureauId: 'commerce' },
    { id: 'labour', name: '招工用工', bureauId: 'commerce' },
    { id: 'permits', name: '证照许可', bureauId: 'commerce' },
  ],
  browserSignIns: [],
  isDemo: true,
};

export const enterpriseId = '1001';
export const enterpriseName = '渔港小馆（演示）';

export const myself: Myself = {
  personId: '6f0c0000-0000-4000-8000-000000000001',
  mobileMasked: '138****0001',
  identities: [
    { kind: 'resident', label: '张*' },
    { kind: 'enterprise', enterpriseId, name: enterpriseName, isDemo: true },
    { kind: 'enterprise', enterpriseId: '1002', name: '东湾面馆（演示）', isDemo: true },
  ],
  scope: null,
};

const ready = (document: SurveyDocument): SurveyDocument => ({
  ...document,
  heading: { tableNumber: '商调 7 号', issuingBody: '临海市商务局', approvalNumber: '临统制〔2026〕7 号', validUntilOn: '2027-06-30' },
});

export const restaurant = ready(
  restaurantForm({
    issuingBody: '临海市商务局',
    keptUntilOn: '2027-12-31',
    matters: city.matters.map((each) => ({ id: each.id, name: { zh: each.name, en: each.name } })),
  }),
);

/** Every kind that the restaurants' form does not have. */
export const measures: SurveyDocument = {
  v: 1,
  title: { zh: '中小企业用工与营收问卷', en: 'Staff and revenue of small firms' },
  intro: { zh: '了解用工规模和营收变化，为完善稳岗政策提供依据。', en: 'About staff and revenue, to improve support for jobs.' },
  heading: { exempt: true, reason: '单位内部服务改进，不属于政府统计调查', issuingBody: '临海市人社局' },
  notice: { zh: '自愿填写，不作为执法检查、信用评价依据。', en: 'Voluntary; no basis for inspections or credit ratings.' },
  minutes: 2,
  languages: ['zh', 'en'],
  nameVisibility: { default: 'hidden' },
  pages: [
    {
      id: 'p1',
      questions: [
        {
          id: 'staff',
          kind: 'number',
          required: true,
          title: { zh: '现有员工人数', en: 'Staff now' },
          config: { min: 0, max: 100000, unit: { zh: '人', en: 'people' } },
        },
        {
          id: 'ease',
          kind: 'scale',
          required: true,
          title: { zh: '办事方便程度', en: 'Ease of dealings' },
          config: { min: 1, max: 5, lowLabel: { zh: '很不方便', en: 'Hard' }, highLabel: { zh: '很方便', en: 'Easy' } },
        },
        {
          id: 'recommend',
          kind: 'nps',
          required: false,
          title: { zh: '您愿意向同行推荐本市的服务吗', en: 'Would you recommend our services?' },
          config: { lowLabel: { zh: '完全不会', en: 'Not at all' }, highLabel: { zh: '非常愿意', en: 'Very likely' } },
        },
        { id: 'since', kind: 'date', required: true, title: { zh: '开业日期', en: 'Opened on' }, config: { maxOn: '2026-12-31' } },
        {
          id: 'trade',
          kind: 'text',
          required: true,
          title: { zh: '主营业务', en: 'Main trade' },
          config: { maxLength: 40, placeholder: { zh: '例如：海鲜餐饮' } },
        },
      ],
    },
  ],
};

export const messages: readonly Message[] = [
  {
    id: 'm1',
    enterpriseId,
    enterpriseName,
    group: 'todo',
    title: '【临海市商务局】餐饮企业服务问卷',
    summary: '8 题，约 3 分钟，11月27日前。请核对经营情况，您反映的困难会转给主管部门办理并答复。',
    link: '/packages/surveys/pages/answer/index?campaignId=1&enterpriseId=1001',
    reason: '贵单位属于东湾区餐饮业，在本次走访范围内',
    campaignId: '1',
    createdAt: '2026-11-24T09:10:00+08:00',
    readAt: null,
    isDemo: true,
  },
  {
    id: 'm2',
    enterpriseId,
    enterpriseName,
    group: 'todo',
    title: '诉求已答复，请评价',
    summary: '您反映的“消防复查排期”已由东湾区应急局答复，请确认是否解决。',
    link: '/packages/appeals/pages/detail/index?id=w2',
    reason: '您提交过这件诉求',
    campaignId: null,
    createdAt: '2026-11-23T16:40:00+08:00',
    readAt: '2026-11-23T18:00:00+08:00',
    isDemo: true,
  },
  {
    id: 'm3',
    enterpriseId,
    enterpriseName,
    group: 'notice',
    title: '稳岗补贴申报提醒',
    summary: '本年度稳岗补贴申报截至 12月31日。根据人社局 2026-10-31 数据初步匹配，可能符合，最终以受理部门审核为准。',
    link: '',
    reason: '贵单位 2026 年有参保员工 23 人',
    campaignId: null,
    createdAt: '2026-11-20T10:00:00+08:00',
    readAt: null,
    isDemo: true,
  },
];

const step = (id: string, at: string, action: TimelineAction, actorLabel: string, text: string | null) => ({
  id,
  at,
  action,
  actorLabel,
  text,
  attachments: [],
});

export const orders: readonly MyWorkOrder[] = [
  {
    id: 'w1',
    number: '20261124-000123',
    title: '贷款续期手续慢，资金周转紧张',
    text: '十月申请的经营贷续期，银行说要等担保公司盖章，已经三周没有消息，希望协调加快。',
    matterName: '融资贷款',
    state: 'handling',
    sentence: '市商务局正在办理，预计 11月27日（周五）前答复',
    bureauName: '市商务局',
    dueAt: '2026-11-27T18:00:00+08:00',
    isDueProvisional: false,
    createdAt: '2026-11-22T10:20:00+08:00',
    enterpriseId,
    enterpriseName,
    reply: null,
    rating: null,
    timeline: [
      step('t1', '2026-11-22T10:20:00+08:00', 'created', '企业', null),
      step('t2', '2026-11-22T11:05:00+08:00', 'assigned', '派单员', null),
      step('t3', '2026-11-23T09:12:00+08:00', 'accepted', '市商务局', null),
      step('t4', '2026-11-23T15:30:00+08:00', 'contact-recorded', '市商务局', '已电话联系企业，并约担保公司 11月25日会商。'),
    ],
    actions: ['urge', 'supplement'],
  },
  {
    id: 'w2',
    number: '20261118-000087',
    title: '消防复查排期',
    text: '装修后申请消防复查，一直约不上时间。',
    matterName: '证照许可',
    state: 'awaiting-rating',
    sentence: '东湾区应急局已答复，请您评价是否解决',
    bureauName: '东湾区应急局',
    dueAt: '2026-11-30T18:00:00+08:00',
    isDueProvisional: true,
    createdAt: '2026-11-18T14:00:00+08:00',
    enterpriseId,
    enterpriseName,
    reply: '已为贵单位安排 11月26日上午复查，请备好装修图纸和消防设施检测报告。联系人：李工，热线转 3 号。',
    rating: null,
    timeline: [
      step('t5', '2026-11-18T14:00:00+08:00', 'created', '企业', null),
      step('t6', '2026-11-18T14:30:00+08:00', 'assigned', '派单员', null),
      {
        ...step('t7', '2026-11-23T16:40:00+08:00', 'reply-approved', '东湾区应急局', null),
        attachments: [{ id: 'a1', fileName: '复查通知.pdf', mimeType: 'application/pdf', sizeBytes: 20480 }],
      },
    ],
    actions: ['rate', 'reopen'],
  },
];
