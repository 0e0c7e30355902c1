import { AppTokens } from '../wechat/app-tokens';
import { Codes } from '../wechat/codes';
import type { World } from '../world/world';
import { ChatWindows } from './chat-windows';
import { CityService } from './city-service';
import { LongIds } from './long-ids';
import { MassMessages } from './mass-messages';
import { Publications } from './publications';
import { RecentKeys } from './recent-keys';

/** For one openid and `client_msg_id` one message is sent; said to hold for ten minutes. */
const KEY_LIFE_MS = 600_000;

export interface OfficialState {
  readonly world: World;
  readonly tokens: AppTokens;
  /** OAuth codes: `<scope> <openid>`. */
  readonly oauthCodes: Codes;
  /** Everybody the account knows follows it until they stop. */
  readonly unfollowed: Set<string>;
  readonly windows: ChatWindows;
  readonly sentKeys: RecentKeys;
  readonly mass: MassMessages;
  readonly publications: Publications;
  readonly city: CityService;
  readonly ids: LongIds;
}

export function officialState(world: World): OfficialState {
  const state: OfficialState = {
    world,
    tokens: new AppTokens(world),
    oauthCodes: new Codes(world),
    unfollowed: new Set(),
    windows: new ChatWindows(world.clock),
    sentKeys: new RecentKeys(world.clock, KEY_LIFE_MS),
    mass: new MassMessages(world.clock),
    publications: new Publications(world),
    city: new CityService(world.clock),
    ids: new LongIds(world.clock),
  };
  world.whenReset(() => {
    const { oauthCodes, unfollowed, windows, sentKeys, mass, publications, city } = state;
    for (const part of [oauthCodes, unfollowed, windows, sentKeys, mass, publications, city]) part.clear();
  });
  return state;
}

export const isFollower = (state: OfficialState, openid: string): boolean =>
  state.world.people.officialOpenidExists(openid) && !state.unfollowed.has(openid);

export const officialTemplateOf = (state: OfficialState, templateId: string) =>
  state.world.accounts.wechatOfficial.templates.find((template) => template.id === templateId);
