import { isFollower, type OfficialState } from '../wechat-official/official-emulator';
import type { Persona } from '../world/people';
import { DeskProblem } from './desk-reply';

/** null: the person has no WeChat that the account could know. */
export const officialOf = (state: OfficialState, { officialOpenid }: Persona): { follows: boolean } | null =>
  officialOpenid === null ? null : { follows: isFollower(state, officialOpenid) };

/** @throws DeskProblem when the person has no WeChat, or does not follow */
export function followerOf(state: OfficialState, persona: Persona): string {
  const openid = officialOpenidOf(persona);
  if (!isFollower(state, openid)) throw new DeskProblem(409, 'NOT_FOLLOWING', `${persona.name} 没有关注服务号`);
  return openid;
}

export function officialOpenidOf(persona: Persona): string {
  if (!persona.officialOpenid) throw new DeskProblem(409, 'NO_WECHAT', `${persona.name} 没有微信身份`);
  return persona.officialOpenid;
}
