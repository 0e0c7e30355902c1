import { z } from 'zod';
import { id, instant, operation } from './define';

export const officialRoles = [
  'drafter',
  'reviewer',
  'signatory',
  'dispatcher',
  'handler',
  'supervisor',
  'liaison',
  'system-admin',
  'security-admin',
  'audit-admin',
] as const;
const role = z.enum(officialRoles);
const username = z.string().trim().min(1).max(60);
const sixDigits = z.string().regex(/^\d{6}$/);
const mobile = z.string().trim().min(5).max(20);

/** A sign-in from a browser not seen before, shown until acknowledged. */
export const deviceNotice = z.object({ deviceId: z.string(), device: z.string(), firstSeenAt: instant });

export const me = z.object({
  id,
  username: z.string(),
  name: z.string(),
  roles: z.array(role),
  bureauId: z.string(),
  bureauName: z.string(),
  /** Empty = whole city. */
  districtCodes: z.array(z.string()),
  /** Every `<module>.<permission>` this official holds: what the console shows and hides by. */
  permissions: z.array(z.string()),
  isDemo: z.boolean(),
  mustChangePassword: z.boolean(),
  newDevices: z.array(deviceNotice),
  session: z.object({ id, createdAt: instant, expiresAt: instant }),
});

/**
 * `done`: the cookie is set. `enter-code`: the password is right, send it again with `code`.
 * `enrol`: the password is right and no second factor exists: show the secret, then send all again with a first `code`.
 * `demo` true = a seeded demo official, whose second factor was skipped; the screen says so.
 */
export const signInAnswer = z.discriminatedUnion('next', [
  z.object({ next: z.literal('done'), demo: z.boolean(), isNewDevice: z.boolean() }),
  z.object({ next: z.literal('enter-code') }),
  z.object({ next: z.literal('enrol'), secret: z.string(), otpauthUri: z.string() }),
]);

export const ownSession = z.object({
  id,
  device: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
  isCurrent: z.boolean(),
});

export const official = z.object({
  id,
  username: z.string(),
  name: z.string(),
  roles: z.array(role),
  bureauId: z.string(),
  bureauName: z.string(),
  districtCodes: z.array(z.string()),
  isActive: z.boolean(),
  isDemo: z.boolean(),
  hasSecondFactor: z.boolean(),
  createdAt: instant,
});

const officialFields = {
  name: z.string().trim().min(1).max(40),
  roles: z.array(role).min(1).max(officialRoles.length),
  bureauId: z.string().min(1).max(40),
  districtCodes: z.array(z.string().regex(/^\d{6}$/)).max(40),
};

/** One of the faces the phone may act with. */
export const personIdentity = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('resident'), label: z.string() }),
  z.object({ kind: z.literal('enterprise'), enterpriseId: id, name: z.string(), isDemo: z.boolean() }),
]);

export const myself = z.object({
  /** Null when signed in by a personal link only. */
  personId: id.nullable(),
  /** `138****5678`; null when no mobile is bound. */
  mobileMasked: z.string().nullable(),
  identities: z.array(personIdentity),
  /** Set when signed in by a personal link: only this campaign, as this enterprise. */
  scope: z.object({ campaignId: id, enterpriseId: id }).nullable(),
});

/** Apps whose browser signs people in: away to the platform's page and back with a code. */
export const browserPlatforms = ['wechat-official', 'wecom'] as const;
const browserPlatform = z.enum(browserPlatforms);

const loginCode = z.string().min(1).max(512);
/** A mini-program has its code from the platform directly; a browser also brings the state it was sent away with. */
export const platformSignIn = z.discriminatedUnion('platform', [
  z.strictObject({ platform: z.enum(['wechat-mini', 'alipay-mini']), code: loginCode }),
  z.strictObject({ platform: browserPlatform, code: loginCode, state: z.string().min(1).max(128) }),
]);

/** `token` goes into `Authorization: Bearer …` and is shown this once. */
export const personSession = z.object({ token: z.string(), expiresAt: instant, me: myself });

const anonymous = { auth: 'anonymous', permission: 'public' } as const;
const ownOfficial = { auth: 'official', permission: 'identity.own' } as const;
const ownPerson = { auth: 'person', permission: 'identity.person' } as const;

export const identityApi = {
  signIn: operation({
    id: 'signIn',
    method: 'post',
    path: '/api/sessions',
    summary: '工作人员登录',
    ...anonymous,
    rate: 'sign-in',
    body: z.strictObject({ username, password: z.string().min(1).max(200), code: sixDigits.optional() }),
    response: signInAnswer,
    problems: ['identity:sign-in-failed', 'identity:too-many-tries'],
  }),
  signOut: operation({
    id: 'signOut',
    method: 'delete',
    path: '/api/sessions/current',
    summary: '工作人员退出',
    ...ownOfficial,
    rate: 'write',
    status: 204,
  }),
  getMe: operation({ id: 'getMe', method: 'get', path: '/api/me', summary: '我的账号', ...ownOfficial, rate: 'read', response: me }),
  changeMyPassword: operation({
    id: 'changeMyPassword',
    method: 'put',
    path: '/api/me/password',
    summary: '修改密码',
    ...ownOfficial,
    rate: 'sign-in',
    body: z.strictObject({ currentPassword: z.string().min(1).max(200), newPassword: z.string().min(1).max(200) }),
    status: 204,
    problems: ['identity:sign-in-failed', 'identity:weak-password', 'identity:too-many-tries'],
  }),
  listMySessions: operation({
    id: 'listMySessions',
    method: 'get',
    path: '/api/me/sessions',
    summary: '我的登录会话',
    ...ownOfficial,
    rate: 'read',
    response: z.object({ items: z.array(ownSession) }),
  }),
  revokeMySession: operation({
    id: 'revokeMySession',
    method: 'delete',
    path: '/api/me/sessions/:sessionId',
    summary: '结束我的一个会话',
    ...ownOfficial,
    rate: 'write',
    params: z.strictObject({ sessionId: z.uuid() }),
    status: 204,
  }),
  acknowledgeDevice: operation({
    id: 'acknowledgeDevice',
    method: 'post',
    path: '/api/me/devices/:deviceId/acknowledgement',
    summary: '确认是本人的新设备',
    ...ownOfficial,
    rate: 'write',
    params: z.strictObject({ deviceId: z.string().regex(/^[0-9a-f]{64}$/) }),
    status: 204,
  }),
  /** For the sign-in screen of a demo. Outside a demo the list is empty. */
  listDemoOfficials: operation({
    id: 'listDemoOfficials',
    method: 'get',
    path: '/api/demo-officials',
    summary: '演示账号',
    ...anonymous,
    rate: 'public-read',
    response: z.object({
      items: z.array(
        z.object({ username: z.string(), password: z.string(), name: z.string(), roles: z.array(role), bureauName: z.string() }),
      ),
    }),
  }),
  listOfficials: operation({
    id: 'listOfficials',
    method: 'get',
    path: '/api/officials',
    summary: '工作人员名单',
    auth: 'official',
    permission: 'identity.list-officials',
    rate: 'read',
    query: z.strictObject({ role: role.optional(), bureauId: z.string().max(40).optional() }),
    response: z.object({ items: z.array(official) }),
  }),
  createOfficial: operation({
    id: 'createOfficial',
    method: 'post',
    path: '/api/officials',
    summary: '新增工作人员',
    auth: 'official',
    permission: 'identity.manage-officials',
    rate: 'write',
    body: z.strictObject({ username: z.string().regex(/^[a-z][a-z0-9.-]{2,39}$/), ...officialFields }),
    status: 201,
    /** The first password is shown this once and must be changed. */
    response: z.object({ official, initialPassword: z.string() }),
    problems: ['identity:username-taken'],
  }),
  updateOfficial: operation({
    id: 'updateOfficial',
    method: 'patch',
    path: '/api/officials/:officialId',
    summary: '调整角色或停用账号',
    auth: 'official',
    permission: 'identity.manage-officials',
    rate: 'write',
    params: z.strictObject({ officialId: z.uuid() }),
    body: z.strictObject({
      roles: officialFields.roles.optional(),
      districtCodes: officialFields.districtCodes.optional(),
      isActive: z.boolean().optional(),
      resetSecondFactor: z.boolean().optional(),
      reason: z.string().trim().min(2).max(200),
    }),
    response: official,
  }),

  requestPhoneCode: operation({
    id: 'requestPhoneCode',
    method: 'post',
    path: '/api/m/phone-codes',
    summary: '发送短信验证码',
    ...anonymous,
    rate: 'sign-in',
    body: z.strictObject({ mobile }),
    status: 202,
    response: z.object({ resendAfterSec: z.number().int(), expiresInSec: z.number().int() }),
    problems: ['identity:too-many-tries', 'kernel:upstream'],
  }),
  signInByPhone: operation({
    id: 'signInByPhone',
    method: 'post',
    path: '/api/m/sessions/phone',
    summary: '手机验证码登录',
    ...anonymous,
    rate: 'sign-in',
    body: z.strictObject({ mobile, code: sixDigits }),
    status: 201,
    response: personSession,
    problems: ['identity:phone-code-wrong', 'identity:too-many-tries'],
  }),
  signInByPlatform: operation({
    id: 'signInByPlatform',
    method: 'post',
    path: '/api/m/sessions',
    summary: '小程序、微信内网页、企业微信内网页登录',
    ...anonymous,
    rate: 'sign-in',
    body: platformSignIn,
    status: 201,
    response: personSession,
    problems: ['identity:platform-code-refused', 'kernel:upstream'],
  }),
  /** 302 to the platform's page, which comes back to the page of the web mini-program with `code` and `state`. Sets a cookie. */
  beginOauth: operation({
    id: 'beginOauth',
    method: 'get',
    path: '/api/m/oauth/:platform',
    summary: '转到微信或企业微信登录',
    ...anonymous,
    rate: 'public-read',
    params: z.strictObject({ platform: browserPlatform }),
    /** WeCom: the joined corp whose member signs in; without it the city's own. */
    query: z.strictObject({ corp: z.string().min(1).max(64).optional() }),
    problems: ['kernel:not-found'],
  }),
  getMyself: operation({
    id: 'getMyself',
    method: 'get',
    path: '/api/m/me',
    summary: '我的身份',
    ...ownPerson,
    rate: 'read',
    response: myself,
  }),
  /** Binds a proved mobile. When another record holds that mobile, both are joined and this session goes on as that person. */
  setMyMobile: operation({
    id: 'setMyMobile',
    method: 'put',
    path: '/api/m/me/mobile',
    summary: '绑定手机号',
    ...ownPerson,
    rate: 'sign-in',
    body: z.strictObject({ mobile, code: sixDigits }),
    response: myself,
    problems: ['identity:phone-code-wrong', 'identity:too-many-tries'],
  }),
  /** By the button that asks WeChat for the number, in place of an SMS code. */
  setMyMobileByWechat: operation({
    id: 'setMyMobileByWechat',
    method: 'post',
    path: '/api/m/me/mobile/wechat',
    summary: '用微信手机号绑定',
    ...ownPerson,
    rate: 'sign-in',
    body: z.strictObject({ code: loginCode }),
    response: myself,
    problems: ['identity:platform-code-refused', 'kernel:upstream'],
  }),
  signOutPerson: operation({
    id: 'signOutPerson',
    method: 'delete',
    path: '/api/m/sessions/current',
    summary: '退出登录',
    ...ownPerson,
    rate: 'write',
    status: 204,
  }),
};

export type Me = z.output<typeof me>;
export type SignInAnswer = z.output<typeof signInAnswer>;
export type DeviceNotice = z.output<typeof deviceNotice>;
export type OwnSession = z.output<typeof ownSession>;
export type Official = z.output<typeof official>;
export type PersonIdentity = z.output<typeof personIdentity>;
export type Myself = z.output<typeof myself>;
export type BrowserPlatform = (typeof browserPlatforms)[number];
export type PlatformSignIn = z.output<typeof platformSignIn>;
export type PersonSession = z.output<typeof personSession>;
