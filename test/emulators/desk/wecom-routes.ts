import type { Exchange, Router } from '../http/router';
import { enterWecom } from '../wecom/chat-events';
import { confirmTask } from '../wecom/external-contacts';
import type { WecomState } from '../wecom/wecom-emulator';
import type { Persona } from '../world/people';
import { bodyOf, DeskProblem, desk, onlyFields } from './desk-reply';

const TASKS_SHOWN = 50;

/** What a member of a corp does in WeCom besides writing and tapping cards. */
export function wecomDeskRoutes(router: Router, wecom: WecomState, prefix: string): void {
  const act = (path: string, take: (persona: Persona, member: NonNullable<Persona['wecom']>, exchange: Exchange) => object): void => {
    router.on(
      'POST',
      `${prefix}/personas/:id/${path}`,
      desk((exchange) => {
        const persona = wecom.world.people.find(exchange.params.id ?? '');
        if (!persona) throw new DeskProblem(404, 'UNKNOWN_PERSONA', `没有这个人：${exchange.params.id ?? ''}`);
        if (!persona.wecom) throw new DeskProblem(409, 'NO_WECOM', `${persona.name} 没有企业微信身份`);
        return take(persona, persona.wecom, exchange);
      }),
    );
  };
  act('wecom-login', (_persona, { corpId, userId }) => ({ code: wecom.loginCodes.issue(corpId, userId), corpId, userId }));
  act('enter', (persona, _member, exchange) => enter(wecom, persona, exchange));
  act('confirm-task', (_persona, member, exchange) => confirm(wecom, member, exchange));
}

function enter(wecom: WecomState, persona: Persona, exchange: Exchange): object {
  const body = bodyOf(exchange);
  onlyFields(body, ['platform']);
  if (body.platform !== 'wecom') throw new DeskProblem(400, 'INVALID_FIELD', 'platform 应为 wecom');
  enterWecom(wecom, persona);
  return { entered: true };
}

/** `{msgid}` for one task, nothing for all that wait. */
function confirm(wecom: WecomState, { corpId, userId }: { corpId: string; userId: string }, exchange: Exchange): object {
  const body = bodyOf(exchange);
  onlyFields(body, ['msgid']);
  const waiting = wecom.contacts.of(corpId, userId).filter(({ state }) => state === 'waiting');
  const tasks = waiting.filter(({ msgid }) => body.msgid === undefined || msgid === body.msgid).reverse();
  if (tasks.length === 0) throw new DeskProblem(409, 'NO_TASK', '没有等待确认的群发任务');
  const results = tasks.map((task) => confirmTask(wecom, task));
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return { confirmed: tasks.length, sent: sum(results.map(({ sent }) => sent)), failed: sum(results.map(({ failed }) => failed)) };
}

/** Tasks of a member, newest first. */
export function tasksOf(wecom: WecomState, persona: Persona): readonly object[] {
  if (!persona.wecom) return [];
  return wecom.contacts
    .of(persona.wecom.corpId, persona.wecom.userId)
    .slice(0, TASKS_SHOWN)
    .map(({ msgid, text, customers, state, at }) => ({ msgid, text, customers: customers.length, state, at }));
}
