import type { ChannelLimits } from '../channel';
import { fieldRulesOf } from '../wechat-fields';

/** The documentation names a daily cap per account (seen in the account's console) and no rate: the rate is ours. */
export const wechatOfficialLimits: ChannelLimits = { recipientsPerCall: 1, recipientsPerSec: 200, perPersonPerMin: 30 };

/**
 * `client_msg_id`: for one openid and one id one message is sent, valid for ten minutes; beyond that nothing is promised.
 * @see https://developers.weixin.qq.com/doc/service/api/notify/template/api_sendtemplatemessage.html (read 2026-11)
 */
export const dedupeWindowSec = 600;

/**
 * Kinds that differ from the mini-program's.
 * @see https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Template_Message_Interface.html (read 2026-11)
 */
export const ruleOf = fieldRulesOf({
  const: { rule: '20 个字以内，且为模板审核通过的取值', fits: (value) => [...value].length <= 20 },
  amount: {
    rule: '1 个币种符号和 12 位以内的数字，可带小数，末尾可带“元”',
    fits: (value) => /^[¥￥$€£]?\d{1,12}(\.\d{1,2})?元?$/.test(value),
  },
});

/** @see https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html (read 2026-11): more than four Han at the top are cut on the phone */
export const menuLimits = { top: 3, below: 5, topBytes: 16, belowBytes: 60, keyBytes: 128, urlBytes: 1024, labelCharacters: 4 } as const;

/** Documented as 64 bytes; ids of 36 were refused with 45067 (community, 2023), so ours are at most 32. */
export const massKeyBytes = 32;

/**
 * @see https://developers.weixin.qq.com/doc/service/api/notify/message/api_masssend.html (read 2026-11) for the list;
 * it names no limit of a text, so that of a customer message is taken
 */
export const massLimits = { leastOpenids: 2, mostOpenids: 10_000, textBytes: 2048 } as const;
