import type { WecomCorp, World } from '../world/world';
import { ContactTasks } from './contact-tasks';
import { CorpTokens } from './corp-tokens';
import { LoginCodes } from './login-codes';
import { PersonLimit } from './person-limit';
import { RecentRequests } from './recent-requests';
import { ResponseCodes } from './response-codes';

/** Messages a minute to one member of one app; the surplus is dropped. */
const PER_MEMBER_PER_MINUTE = 30;
const PER_ROBOT_PER_MINUTE = 20;
/** Calls a minute of one corp to one API. */
export const CALLS_PER_MINUTE = 10_000;
const TASK_IDS_HELD = 200_000;

export interface WecomState {
  readonly world: World;
  readonly corps: readonly WecomCorp[];
  readonly tokens: CorpTokens;
  readonly recent: RecentRequests;
  readonly perMember: PersonLimit;
  readonly perCorp: PersonLimit;
  readonly perRobot: PersonLimit;
  readonly responseCodes: ResponseCodes;
  readonly loginCodes: LoginCodes;
  readonly contacts: ContactTasks;
  /** Task ids seen, per app: one may be used once. */
  readonly taskIds: Set<string>;
}

export function wecomState(world: World): WecomState {
  const state: WecomState = {
    world,
    corps: [world.accounts.wecom, ...world.accounts.wecom.linkedCorps],
    tokens: new CorpTokens(world),
    recent: new RecentRequests(),
    perMember: new PersonLimit(PER_MEMBER_PER_MINUTE),
    perCorp: new PersonLimit(CALLS_PER_MINUTE),
    perRobot: new PersonLimit(PER_ROBOT_PER_MINUTE),
    responseCodes: new ResponseCodes(),
    loginCodes: new LoginCodes(world),
    contacts: new ContactTasks(world),
    taskIds: new Set(),
  };
  world.whenReset(() => {
    const { recent, perMember, perCorp, perRobot, responseCodes, loginCodes, contacts, taskIds } = state;
    for (const part of [recent, perMember, perCorp, perRobot, responseCodes, loginCodes, contacts, taskIds]) part.clear();
  });
  return state;
}

/** @returns false when the id was used before */
export function claimTaskId(state: WecomState, corp: WecomCorp, taskId: string): boolean {
  const key = `${corp.corpId}/${corp.agentId}/${taskId}`;
  if (state.taskIds.has(key)) return false;
  state.taskIds.add(key);
  if (state.taskIds.size > TASK_IDS_HELD)
    for (const oldest of state.taskIds) {
      state.taskIds.delete(oldest);
      break;
    }
  return true;
}
