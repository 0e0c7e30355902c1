import { dictionary } from '@suiban/shared/text';

export const orderTexts = dictionary(
  { number: '编号 {number}', submitted: '{when} 提交' },
  { number: 'No. {number}', submitted: 'reported {when}' },
);
