import type { RuleDocument } from '../../rules';
import type { Words } from '../../words';
import type { Question, SurveyDocument } from '../document';
import { noticeText } from '../editing/heading';

/** What a form of ours needs to know of the city: names come from the city profile, never from here. */
export interface FormSetting {
  /** 制定机关 */
  readonly issuingBody: string;
  /** `YYYY-MM-DD` */
  readonly keptUntilOn: string;
  /** What an appeal can be about, with the bureau that answers it. */
  readonly matters: readonly { readonly id: string; readonly name: Words }[];
}

const option = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });

const operation: Question = {
  id: 'operation',
  kind: 'single',
  title: { zh: '目前门店经营情况', en: 'How is the restaurant operating now?' },
  required: true,
  config: {
    options: [
      option('normal', '正常营业', 'Operating normally'),
      option('partial', '部分营业', 'Operating in part'),
      option('suspended', '暂停营业', 'Closed for the time being'),
      option('closing', '准备停业', 'About to close down'),
    ],
  },
};

const turnover: Question = {
  id: 'turnover',
  kind: 'single',
  title: { zh: '与上月相比，本月营业额', en: 'Turnover this month against last month' },
  required: true,
  showIf: { v: 1, when: { attribute: 'operation', operator: 'in', value: ['normal', 'partial'] } },
  config: {
    options: [
      option('up-much', '增长超过 10%', 'Up by more than 10%'),
      option('up', '增长 10% 以内', 'Up by up to 10%'),
      option('flat', '基本持平', 'About the same'),
      option('down', '下降 10% 以内', 'Down by up to 10%'),
      option('down-much', '下降超过 10%', 'Down by more than 10%'),
    ],
  },
};

const difficultyOptions = [
  option('rent', '房租', 'Rent'),
  option('labour', '招工与用工成本', 'Hiring and labour costs'),
  option('ingredients', '食材成本', 'Cost of ingredients'),
  option('customers', '客流不足', 'Too few customers'),
  option('cash', '资金周转', 'Cash flow'),
  option('permits', '许可与检查', 'Permits and inspections'),
  option('platform-fees', '外卖平台费用', 'Fees of delivery platforms'),
  { ...option('other', '其他', 'Other'), withText: true },
];

const difficulties: Question = {
  id: 'difficulties',
  kind: 'multiple',
  title: { zh: '目前最主要的困难（最多选三项）', en: 'Main difficulties now (up to three)' },
  required: true,
  config: { max: 3, options: [...difficultyOptions, { ...option('none', '没有困难', 'None'), exclusive: true }] },
};

/** Shown once a difficulty is named: every choice but `none`. */
const hasDifficulty: RuleDocument = {
  v: 1,
  when: {
    attribute: 'difficulties',
    operator: 'containsAny',
    value: difficultyOptions.map((each) => each.id),
  },
};

const request: Question = {
  id: 'request',
  kind: 'longText',
  title: { zh: '希望政府帮助解决什么', en: 'What would you like the government to help with?' },
  hint: {
    zh: '请写明事情、地点和希望的结果。没有可以不填。',
    en: 'Say what, where, and the outcome you hope for. Leave empty if there is nothing.',
  },
  required: false,
  showIf: hasDifficulty,
  problemSource: { rule: hasDifficulty, matter: { fromQuestion: 'matter' } },
  config: { maxLength: 1000 },
};

const matterQuestion = (matters: FormSetting['matters']): Question => ({
  id: 'matter',
  kind: 'dropdown',
  title: { zh: '这件事属于哪一类（由对应的部门答复）', en: 'Which kind of matter is it (its department answers)?' },
  required: true,
  showIf: { v: 1, when: { attribute: 'request', operator: 'notIn', value: ['无', '没有', '暂无'] } },
  config: { options: matters.map((each) => ({ id: each.id, label: each.name })) },
});

const policies: Question = {
  id: 'policies',
  kind: 'multiple',
  title: { zh: '了解下列哪些扶持政策', en: 'Which of these support policies do you know?' },
  required: false,
  config: {
    options: [
      option('tax', '税费减免', 'Tax relief'),
      option('loan', '贷款贴息与担保', 'Subsidised loans and guarantees'),
      option('jobs', '稳岗与招工补贴', 'Subsidies for jobs and hiring'),
      option('rent', '房租减免', 'Rent relief'),
      option('training', '技能培训补贴', 'Training subsidies'),
      { ...option('none', '都不了解', 'None of them'), exclusive: true },
    ],
  },
};

const contact: Question = {
  id: 'contact',
  kind: 'text',
  title: { zh: '如需回访，请留下手机号码', en: 'Mobile number, if you would like to be contacted' },
  hint: { zh: '选填，只用于就本次填报与您联系。', en: 'Optional; used only to contact you about this form.' },
  required: false,
  sensitive: true,
  config: { format: 'mobile' },
};

const nameVisible: Question = {
  id: 'nameVisible',
  kind: 'single',
  title: { zh: '您的企业名称可以公开到什么范围', en: 'Who may see the name of your firm?' },
  hint: {
    zh: '不选时按“仅公开行业和区”。除此以外只有派单员可以查看，每次查看都有记录。',
    en: 'Without a choice: industry and district only. Beyond that only the dispatcher can look, and each look is recorded.',
  },
  required: false,
  config: {
    options: [
      option('public', '公开', 'Everyone'),
      option('industry-district', '仅公开行业和区', 'Industry and district only'),
      option('hidden', '不公开', 'No one'),
    ],
  },
};

/** Our own form of eight questions for restaurants. The heading is empty: a launch waits until an official fills it. */
export const restaurantForm = (setting: FormSetting): SurveyDocument => ({
  v: 1,
  title: { zh: '餐饮企业服务问卷', en: 'Restaurant service questionnaire' },
  intro: {
    zh: '了解餐饮企业的经营情况和困难，您反映的诉求会转到对应的部门办理并答复。',
    en: 'About how restaurants are doing and what troubles them. What you report goes to the department in charge, which will answer.',
  },
  heading: { tableNumber: '', issuingBody: setting.issuingBody, approvalNumber: '', validUntilOn: '' },
  notice: noticeText(setting),
  minutes: 3,
  languages: ['zh', 'en'],
  nameVisibility: { default: 'industry-district', questionId: 'nameVisible' },
  pages: [
    { id: 'situation', title: { zh: '经营情况', en: 'Situation' }, questions: [operation, turnover, difficulties] },
    { id: 'requests', title: { zh: '诉求', en: 'Requests' }, questions: [request, matterQuestion(setting.matters)] },
    { id: 'about', title: { zh: '政策与联系', en: 'Policies and contact' }, questions: [policies, contact, nameVisible] },
  ],
});
