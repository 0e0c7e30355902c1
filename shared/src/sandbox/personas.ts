import { sandboxAccounts } from './accounts';

/** Somebody with a phone in the sandbox. Made up; the seeded firms of the demo are bound to these addresses. */
export interface SandboxPersona {
  readonly id: string;
  readonly name: string;
  readonly role: 'resident' | 'agent';
  /** Name of the firm they act for, empty for a resident. */
  readonly firm: string;
  readonly mobile: string | null;
  readonly openid: string | null;
  /** Of the Official Account; the unionid is the same there and in the mini-program. */
  readonly officialOpenid: string | null;
  readonly unionid: string | null;
  readonly alipayOpenId: string | null;
  readonly wecom: { readonly corpId: string; readonly userId: string } | null;
}

const [joinedCorp] = sandboxAccounts.wecom.linkedCorps;

export const sandboxPersonas: readonly SandboxPersona[] = [
  {
    id: 'restaurant-agent',
    name: '陈立新',
    role: 'agent',
    firm: '巷口小馆（演示）',
    mobile: '19900000001',
    openid: 'oSandboxRestaurantAgent00001',
    officialOpenid: 'oSandboxOfficialRestaurant01',
    unionid: 'uSandboxRestaurantAgent00001',
    alipayOpenId: '0SandboxRestaurantAgent00001',
    wecom: { corpId: joinedCorp.corpId, userId: 'u.chenlixin' },
  },
  {
    id: 'noodle-agent',
    name: '周桂香',
    role: 'agent',
    firm: '桂香面馆（演示）',
    mobile: '19900000002',
    openid: null,
    officialOpenid: null,
    unionid: null,
    alipayOpenId: null,
    wecom: null,
  },
  {
    id: 'graduate',
    name: '林晓雨',
    role: 'resident',
    firm: '',
    mobile: '19900000003',
    openid: 'oSandboxGraduate000000000001',
    officialOpenid: 'oSandboxOfficialGraduate0001',
    unionid: 'uSandboxGraduate000000000001',
    alipayOpenId: '0SandboxGraduate000000000001',
    wecom: null,
  },
];
