import type { Words } from '@suiban/shared/words';
import type { ChatReply } from '../../channels/chat';
import type { Intent, Slot, Speaker, Turn } from '../intent';
import type { Deps } from '../module';
import { listFirmFaces } from './faces.repo';
import { openFromTurn } from './open-work-orders';
import { findOrderByNumber, listOrdersOfFirms, type OrderRow } from './orders.repo';
import { myOrdersOf } from './read-my-work-orders';
import { matterName } from './summary';

const textLength = { min: 5, max: 2000 } as const;
const latest = 3;

const say = (text: string): ChatReply => ({ form: 'text', text });
const both = (zh: string, en: string): Words => ({ zh, en });

/** The number of a list entry, or its name; undefined: neither. */
function chosen<T extends { readonly name: string }>(list: readonly T[], said: string): T | undefined {
  const text = said.normalize('NFKC').replace(/[\s.。、，,]+/g, '');
  return /^\d{1,2}$/.test(text)
    ? list[Number(text) - 1]
    : list.find(({ name }) => name === text || (text.length >= 2 && name.includes(text)));
}

const numbered = (names: readonly string[]): string => names.map((name, index) => `${index + 1}. ${name}`).join('\n');

async function firmNames({ db }: Pick<Deps, 'db'>, ids: readonly string[]): Promise<string[]> {
  const faces = await listFirmFaces(db, ids);
  return ids.map((id) => faces.find((face) => face.enterprise_id === id)?.name ?? '');
}

/** Only for somebody who acts for several. */
const firmSlot = (deps: Deps): Slot => ({
  name: 'enterprise',
  prompt: async ({ enterpriseIds }) => {
    const names = await firmNames(deps, enterpriseIds);
    return both(`您代表哪家企业反映？回复序号：\n${numbered(names)}`, `For which firm? Reply with its number:\n${numbered(names)}`);
  },
  known: ({ enterpriseIds }: Speaker) => (enterpriseIds.length === 1 ? enterpriseIds[0] : undefined),
  read(said, { enterpriseIds }) {
    const number = Number(said.normalize('NFKC').trim());
    const id = Number.isInteger(number) ? enterpriseIds[number - 1] : undefined;
    return id === undefined ? { ok: false, say: `请回复 1 到 ${enterpriseIds.length} 之间的序号` } : { ok: true, value: id };
  },
});

const matterSlot = ({ city: { matters } }: Deps): Slot => ({
  name: 'matter',
  prompt: both(
    `您要反映哪一类问题？回复序号或名称：\n${numbered(matters.map(({ name }) => name))}`,
    `What is it about? Reply with a number:\n${numbered(matters.map(({ name }) => name))}`,
  ),
  read(said) {
    const matter = chosen(matters, said);
    return matter ? { ok: true, value: matter.id } : { ok: false, say: `请回复 1 到 ${matters.length} 之间的序号` };
  },
});

const textSlot: Slot = {
  name: 'text',
  prompt: both(
    '请说明具体情况和您希望的解决方式（5 到 2000 字，请一次说完）：',
    'Please describe the matter and what you hope for (5 to 2000 characters, in one message):',
  ),
  read(said) {
    const value = said.trim();
    const count = [...value].length;
    if (count < textLength.min) return { ok: false, say: `内容太短了，至少 ${textLength.min} 个字` };
    if (count > textLength.max) return { ok: false, say: `内容有 ${count} 字，最多 ${textLength.max} 字，请精简后再发` };
    return { ok: true, value };
  },
};

const yes = new Set(['1', '是', '好', '好的', '对', '确认', '提交', '确认提交', '可以', 'yes', 'y', 'ok']);

const confirmSlot = (deps: Deps): Slot => ({
  name: 'confirm',
  prompt: async (_speaker, { enterprise = '', matter = '', text = '' }) => {
    const [firm] = await firmNames(deps, [enterprise]);
    const what = `企业：${firm}\n事项：${matterName(deps, matter)}\n内容：${text}`;
    return both(
      `请核对：\n${what}\n回复 1 确认提交。要修改请回复“返回”。`,
      `Please check:\n${what}\nReply 1 to submit, 返回 to change it.`,
    );
  },
  read: (said) =>
    yes.has(said.normalize('NFKC').trim().toLowerCase())
      ? { ok: true, value: 'yes' }
      : { ok: false, say: '还没有提交。确认请回复 1，修改请回复“返回”，放弃请回复“取消”' },
});

const orderLink = (deps: Deps, order: Pick<OrderRow, 'id' | 'number'>, title: string, description: string): ChatReply => {
  const page = `packages/appeals/pages/detail/index?id=${order.id}`;
  return { form: 'link', title, description, url: `${deps.config.publicBaseUrl}/m/${page}`, page, buttonText: '查看进度' };
};

async function report(deps: Deps, { turnId, speaker, slots }: Turn): Promise<readonly ChatReply[]> {
  const { enterprise = '', matter = '', text = '' } = slots;
  const order = await openFromTurn(deps, { turnId, personId: speaker.personId, enterpriseId: enterprise, matterId: matter, text });
  return [say(`已收到您的诉求，编号 ${order.number}。我们会尽快分派办理，进展会通知您；随时回复“进度 ${order.number}”查询。`)];
}

/** `20261124-000123`, however it was written. */
export function readNumber(said: string): Readonly<Record<string, string>> {
  const digits = said.normalize('NFKC').replace(/\D/g, '');
  return /^\d{9,14}$/.test(digits) ? { number: `${digits.slice(0, 8)}-${digits.slice(8).padStart(6, '0')}` } : {};
}

async function progress(deps: Deps, { speaker, slots }: Turn): Promise<readonly ChatReply[]> {
  const { db } = deps;
  const { number } = slots;
  if (number !== undefined) {
    const order = await findOrderByNumber(db, speaker.enterpriseIds, number);
    if (!order) return [say(`没有找到编号 ${number} 的诉求，请核对编号。回复“进度”可查看贵单位最近的诉求。`)];
    const [view] = await myOrdersOf(deps, [order]);
    return [orderLink(deps, order, `诉求 ${order.number}`, `${view?.sentence ?? ''}\n${order.title}`)];
  }
  const orders = await listOrdersOfFirms(db, speaker.enterpriseIds, null, latest);
  const [only] = orders;
  if (!only) return [say('贵单位还没有反映过诉求。回复“诉求”可以提交。')];
  const views = await myOrdersOf(deps, orders);
  if (orders.length === 1) return [orderLink(deps, only, `诉求 ${only.number}`, `${views[0]?.sentence ?? ''}\n${only.title}`)];
  const lines = views.map((view) => `${view.number} ${view.title}\n${view.sentence}`);
  return [say(`贵单位最近的诉求：\n${lines.join('\n\n')}\n\n回复“进度 编号”可查看其中一件。`)];
}

/** 诉求 and 进度 in a chat, for whoever acts for a firm. */
export const chatIntents = (deps: Deps): readonly Intent[] => [
  {
    name: 'work-orders.report',
    label: both('诉求', 'Report a problem'),
    hint: both('反映问题，提交后有编号可查', 'Report a problem and get a number'),
    phrases: ['诉求'],
    needsFirm: true,
    slots: [firmSlot(deps), matterSlot(deps), textSlot, confirmSlot(deps)],
    handle: (turn) => report(deps, turn),
  },
  {
    name: 'work-orders.progress',
    label: both('进度', 'Progress'),
    hint: both('查诉求办到哪一步，可带编号', 'See how far a problem has come'),
    phrases: ['进度'],
    needsFirm: true,
    inline: readNumber,
    handle: (turn) => progress(deps, turn),
  },
];
