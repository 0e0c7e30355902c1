import type { Tx } from '../../kernel/db/database';
import { notifyEnterprise } from '../messages';
import type { Deps } from '../module';
import type { OrderRow } from './orders.repo';

export type NoticeKind = 'opened' | 'assigned' | 'replied' | 'rated' | 'closed-silently';

export const bureauName = ({ city }: Pick<Deps, 'city'>, id: string | null): string | null =>
  id === null ? null : (city.bureaus.find((bureau) => bureau.id === id)?.name ?? id);

const words = (deps: Pick<Deps, 'city'>, order: OrderRow): Readonly<Record<NoticeKind, { title: string; body: string }>> => {
  const bureau = bureauName(deps, order.bureau_id) ?? '承办单位';
  return {
    opened: { title: '已收到您反映的诉求', body: `诉求编号 ${order.number}，正在为您分派办理单位，每一步进展都会通知您。` },
    assigned: { title: `您的诉求已转给${bureau}`, body: `诉求编号 ${order.number}，由${bureau}办理并答复。` },
    replied: { title: `${bureau}已答复您的诉求`, body: `诉求编号 ${order.number}，请查看答复，并评价问题是否解决。没有解决可以申请重办。` },
    rated: { title: '您的诉求已办结', body: `诉求编号 ${order.number}，感谢您的评价。` },
    'closed-silently': {
      title: '您的诉求已由系统办结',
      body: `诉求编号 ${order.number}，逾期未评价，系统办结。问题仍未解决的，可以再次反映。`,
    },
  };
};

/** Tells the firm in its message centre; the firm's own words are not repeated there. */
export function notifyFirm(tx: Tx, deps: Pick<Deps, 'city'>, order: OrderRow, kind: NoticeKind): Promise<unknown> {
  return notifyEnterprise(tx, {
    enterpriseId: order.enterprise_id,
    ...words(deps, order)[kind],
    link: `/packages/appeals/pages/detail/index?id=${order.id}`,
    reason: '贵单位反映的诉求有了新进展',
  });
}
