import type { SurveyDocument } from '../document';
import { noticeText } from '../editing/heading';
import type { FormSetting } from './restaurant';

const option = (id: string, zh: string, en: string) => ({ id, label: { zh, en } });

/** Two questions that fit a card in the chat. */
export const pulseForm = (setting: Pick<FormSetting, 'issuingBody' | 'keptUntilOn'>): SurveyDocument => ({
  v: 1,
  title: { zh: '经营情况快问（2 题）', en: 'Two quick questions' },
  intro: { zh: '两个问题，半分钟填完。', en: 'Two questions, half a minute.' },
  heading: { tableNumber: '', issuingBody: setting.issuingBody, approvalNumber: '', validUntilOn: '' },
  notice: noticeText(setting),
  minutes: 1,
  languages: ['zh', 'en'],
  nameVisibility: { default: 'industry-district' },
  pages: [
    {
      id: 'pulse',
      questions: [
        {
          id: 'operation',
          kind: 'single',
          title: { zh: '本周经营情况', en: 'How was business this week?' },
          required: true,
          config: {
            options: [
              option('better', '比上周好', 'Better than last week'),
              option('same', '和上周差不多', 'About the same'),
              option('worse', '比上周差', 'Worse than last week'),
              option('closed', '没有营业', 'We were closed'),
            ],
          },
        },
        {
          id: 'help',
          kind: 'single',
          title: { zh: '是否需要我们联系您', en: 'Shall we contact you?' },
          required: true,
          config: { options: [option('yes', '需要', 'Yes'), option('no', '暂不需要', 'Not now')] },
        },
      ],
    },
  ],
});
