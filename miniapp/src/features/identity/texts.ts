import { dictionary } from '@suiban/shared/text';

export const identityTexts = dictionary(
  {
    resident: '居民',
    enterprise: '企业',
    switch: '切换身份',
    current: '当前身份',
    hint: '以不同身份查看和办理各自的事项',
    none: '尚未绑定身份',
  },
  {
    resident: 'Resident',
    enterprise: 'Firm',
    switch: 'Switch identity',
    current: 'current',
    hint: 'Each identity has its own matters',
    none: 'No identity yet',
  },
);
