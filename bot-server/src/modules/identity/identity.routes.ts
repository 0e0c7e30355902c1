import { identityApi } from '@suiban/shared/api/identity';
import { answer } from '../../kernel/http/answer';
import { sessionCookie } from '../../kernel/http/authenticator';
import { type Route, rawRoute, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { acknowledgeDevice, changePassword, endOwnSession, listOwnSessions, readMe, signOut } from './account';
import { bearerToken, cookieToken } from './credentials';
import { demoOfficialsToShow } from './demo';
import { officialSessionLimits } from './identity.policy';
import { bindMobile, bindMobileOfWechat, describeMyself, signOutPerson } from './myself';
import { beginOauth } from './oauth';
import type { IdentityPorts } from './ports';
import { requestPhoneCode } from './request-phone-code';
import { signInOfficial } from './sign-in-official';
import { signInByPhone, signInByPlatform } from './sign-in-person';
import { addOfficial, changeOfficial, listOfficials } from './staff';

const api = identityApi;

export const officialRoutes = (deps: Deps, ports: IdentityPorts): readonly Route[] => [
  route(api.signIn, async (_, { body, request }) => {
    const { answer: value, token } = await signInOfficial(deps, body, request);
    if (token === undefined) return value;
    return answer(value, { setCookie: { name: sessionCookie, value: token, maxAgeSec: officialSessionLimits.absoluteMs / 1000 } });
  }),
  route(api.signOut, async (actor, { request }) => {
    await signOut(deps, actor, cookieToken(request));
    return answer(undefined, { clearCookie: sessionCookie });
  }),
  route(api.getMe, (actor, { request }) => readMe(deps, ports, actor, cookieToken(request))),
  route(api.changeMyPassword, (actor, { body, request }) => changePassword(deps, actor, body, cookieToken(request))),
  route(api.listMySessions, (actor, { request }) => listOwnSessions(deps, actor, cookieToken(request))),
  route(api.revokeMySession, (actor, { params }) => endOwnSession(deps, actor, params.sessionId)),
  route(api.acknowledgeDevice, (actor, { params }) => acknowledgeDevice(deps, actor, params.deviceId)),
  route(api.listDemoOfficials, async () => ({ items: demoOfficialsToShow(deps) })),
  route(api.listOfficials, (_, { query }) => listOfficials(deps, query)),
  route(api.createOfficial, (actor, { body }) => addOfficial(deps, actor, body)),
  route(api.updateOfficial, (actor, { params, body }) => changeOfficial(deps, actor, params.officialId, body)),
];

export const personRoutes = (deps: Deps, ports: IdentityPorts): readonly Route[] => [
  route(api.requestPhoneCode, (_, { body }) => requestPhoneCode(deps, body)),
  route(api.signInByPhone, (_, { body }) => signInByPhone(deps, ports, body)),
  route(api.signInByPlatform, (_, { body, request }) => signInByPlatform(deps, ports, body, request)),
  rawRoute(api.beginOauth, (_, { params, query, request }) => beginOauth(deps, { ...params, corpId: query.corp }, request)),
  route(api.getMyself, (actor) => describeMyself(deps, ports, actor)),
  route(api.setMyMobile, (actor, { body }) => bindMobile(deps, ports, actor, body)),
  route(api.setMyMobileByWechat, (actor, { body }) => bindMobileOfWechat(deps, ports, actor, body.code)),
  route(api.signOutPerson, (_, { request }) => signOutPerson(deps, bearerToken(request))),
];
