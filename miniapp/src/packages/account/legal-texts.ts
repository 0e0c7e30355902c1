import type { Lang } from '@suiban/shared/text';

interface Names {
  name: string;
  operator: string;
  hotline: string;
}
interface Part {
  head: string;
  text: (names: Names) => string;
}

/** What the app really does with data; names come from the city profile. */
export const legalTexts: Readonly<Record<'privacy' | 'terms', Readonly<Record<Lang, readonly Part[]>>>> = {
  privacy: {
    zh: [
      {
        head: '我们收集什么',
        text: () =>
          '登录时使用的手机号或微信身份标识；您代表企业填写的答卷、诉求、补充说明和评价；您对消息提醒的选择。不读取通讯录、位置、相册。',
      },
      {
        head: '用来做什么',
        text: (n) =>
          `确认您是哪家企业的经办人，送达与贵单位有关的问卷和通知，办理并答复诉求。由${n.operator || '主办单位'}使用，不用于商业用途。`,
      },
      {
        head: '谁能看到',
        text: () =>
          '答卷汇总后用于改进服务。企业名称对谁可见，由您在问卷里选择；派单人员因办理需要查看时会留下记录。手机号在系统中加密保存，页面上只显示前三位和后四位。',
      },
      { head: '保存在哪里', text: () => '保存在政务服务器上。草稿同时在您的设备上留一份副本，可以在“设置与消息订阅”里清除。' },
      { head: '您可以做什么', text: (n) => `随时退出登录、清除本机内容、关闭提醒。需要更正或删除信息，请拨打${n.hotline || '咨询热线'}。` },
    ],
    en: [
      {
        head: 'What we collect',
        text: () =>
          'The mobile number or WeChat identifier you sign in with; the answers, matters, additions and ratings you give for your firm; your choices about reminders. No contacts, location or photos.',
      },
      {
        head: 'What for',
        text: (n) =>
          `To know which firm you act for, to deliver questionnaires and notices that concern it, and to handle and answer its matters. Used by ${n.operator || 'the operator'}, never commercially.`,
      },
      {
        head: 'Who sees it',
        text: () =>
          'Answers are used in sums to improve services. You choose in the questionnaire who may see the name of your firm; a dispatcher who needs to see it leaves a record. Mobile numbers are stored encrypted and shown masked.',
      },
      {
        head: 'Where it is kept',
        text: () => 'On government servers. A copy of your draft stays on your device; you can clear it under “Settings and messages”.',
      },
      {
        head: 'What you can do',
        text: (n) =>
          `Sign out, clear this device and turn reminders off at any time. To correct or delete data, call ${n.hotline || 'the hotline'}.`,
      },
    ],
  },
  terms: {
    zh: [
      {
        head: '这是什么',
        text: (n) =>
          `${n.name || '本服务'}由${n.operator || '主办单位'}提供，用于向企业发放服务问卷、受理企业诉求并反馈办理进度。使用不收费。`,
      },
      {
        head: '自愿填写',
        text: () => '问卷自愿填写，不作为执法检查、信用评价的依据。请勿填写国家秘密、工作秘密；涉及商业秘密的内容请谨慎填写。',
      },
      { head: '诉求办理', text: () => '诉求提交后分派给主管部门，在承诺的工作日内答复。答复后请评价；未解决的可以申请重办。' },
      { head: '身份', text: () => '您代表哪家企业，以企业登记的联系人和邀请为准。请勿代他人登录。' },
    ],
    en: [
      {
        head: 'What this is',
        text: (n) =>
          `${n.name || 'This service'} is provided by ${n.operator || 'the operator'} to send service questionnaires to firms, to take up their matters and to report progress. It is free.`,
      },
      {
        head: 'Voluntary',
        text: () =>
          'Answering is voluntary and is no basis for inspection or credit rating. Do not enter state or work secrets; take care with trade secrets.',
      },
      {
        head: 'Matters',
        text: () =>
          'A matter goes to the department in charge and is answered within the promised working days. Please rate the answer; what is not solved can be reopened.',
      },
      {
        head: 'Identity',
        text: () => 'Which firm you act for follows from the contacts it has registered and its invitations. Do not sign in for others.',
      },
    ],
  },
};
