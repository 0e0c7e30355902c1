import type { Words } from '@suiban/shared/words';
import type { Deps } from '../../module';

type Channel = NonNullable<ReturnType<Deps['channels']['find']>>;
type ErrorClass = ReturnType<NonNullable<Channel['explain']>>['class'];

const exclusionLabels: Readonly<Record<string, Words>> = {
  'by-name': { zh: '按名单排除', en: 'Left out by name' },
  'other-campaign': { zh: '已在所选的其他推送中', en: 'In another campaign that was chosen' },
  'recently-asked': { zh: '近期已收到过走访（打扰上限）', en: 'Asked recently (contact limit)' },
  'firm-suppressed': { zh: '企业已设为不发送', en: 'The enterprise is set not to be sent to' },
  'same-person': { zh: '同一经办人已代表另一家企业', en: 'The same person stands for another enterprise' },
};

/** Why a firm is left out or not sent to, in words. */
export const exclusionLabel = (reason: string): string => exclusionLabels[reason]?.zh ?? reason;

export interface CodeWords {
  readonly class: ErrorClass | 'local';
  readonly meaning: Words;
  readonly whatToDo: Words;
}

const own: Readonly<Record<string, CodeWords>> = {
  'no-address': {
    class: 'local',
    meaning: { zh: '没有可用的联系方式，仅站内', en: 'No address on any channel: message centre only' },
    whatToDo: { zh: '补充经办人或联系人，或由服务专员联系', en: 'Add an agent or a contact, or let a liaison call' },
  },
  cancelled: { class: 'local', meaning: { zh: '发送前已取消', en: 'Cancelled before sending' }, whatToDo: { zh: '', en: '' } },
  'checked-by-hand': {
    class: 'permanent',
    meaning: { zh: '经人工核实没有送达', en: 'Checked by hand: not delivered' },
    whatToDo: { zh: '改由服务专员联系', en: 'Let a liaison call' },
  },
};

/** A code of the ledger in words: ours, or the platform's as its channel explains it. */
export function explainCode(deps: Pick<Deps, 'channels'>, channel: string | null, code: string): CodeWords {
  const known = own[code];
  if (known) return known;
  const port = deps.channels.list().find(({ kind }) => kind === channel);
  const label = exclusionLabels[code];
  if (label) return { class: 'local', meaning: label, whatToDo: { zh: '', en: '' } };
  return (
    port?.explain?.(code) ?? {
      class: 'unknown',
      meaning: { zh: `平台代码 ${code}`, en: `Platform code ${code}` },
      whatToDo: { zh: '请系统管理员按代码查阅平台文档', en: 'Ask the system administrator to look the code up' },
    }
  );
}
