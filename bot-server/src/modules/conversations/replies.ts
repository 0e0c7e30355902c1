import type { ChatReply } from '../../channels/chat';
import type { Intent } from '../intent';
import type { Deps } from '../module';

export const text = (words: string): ChatReply => ({ form: 'text', text: words });

const numbered = (intents: readonly Intent[]): string =>
  intents.map(({ label, hint }, index) => `${index + 1}. ${label.zh}：${hint.zh}`).join('\n');

const choose = '回复序号或名称即可。';

export const helpText = ({ city }: Pick<Deps, 'city'>, intents: readonly Intent[]): ChatReply =>
  text(`您好，这里是${city.productName}。可以为您办理：\n${numbered(intents)}\n${choose}`);

export const offerText = (intents: readonly Intent[]): ChatReply =>
  text(`您想办理哪一项？\n${intents.map(({ label }, index) => `${index + 1}. ${label.zh}`).join('\n')}\n${choose}`);

export const unknownText = (intents: readonly Intent[]): ChatReply =>
  text(`没有听懂您的意思。可以为您办理：\n${numbered(intents)}\n${choose}也可以回复“人工”，由工作人员为您解答。`);

/** Short form of what is asked, with the way out. */
export const promptText = (prompt: string, refusal: string | null): ChatReply =>
  text(`${refusal === null ? '' : `${refusal}。\n`}${prompt}\n（回复“取消”退出，“返回”回到上一步）`);

export const cancelledText = text('已取消，没有提交任何内容。回复“帮助”可查看能办理的事项。');
export const nothingToCancelText = text('现在没有正在办理的事项。回复“帮助”可查看能办理的事项。');
export const mediaText = text('收到了，但这里只能识别文字。请用文字说明；图片等材料可在办理页面上传，也可以回复“人工”。');
export const brokenText = text('刚才没有办成，您说的内容已保留。请稍后再说一次，或回复“人工”由工作人员处理。');
export const takenText = text('工作人员已接入，请直接说明您的问题。回复“取消人工”可随时退出。');
export const handedBackText = text('本次人工服务已结束，已为您恢复自动应答。回复“帮助”可查看能办理的事项。');
export const idleText = text('人工服务已有 24 小时没有新消息，已为您恢复自动应答。还需要工作人员，请再回复“人工”。');
export const neverServedText = (hotline: string): ChatReply =>
  text(`很抱歉，工作人员未能及时接入，已为您恢复自动应答。您的留言已保留；急需处理请拨打 ${hotline}，或回复“诉求”提交，办理进度会通知您。`);
export const leftText = text('已退出人工服务，已为您恢复自动应答。回复“帮助”可查看能办理的事项。');

export const transferredText = (bureau: string): ChatReply => text(`您的问题已转给${bureau}的工作人员，请稍候。回复“取消人工”可随时退出。`);

export const waitingText = (ahead: number): ChatReply =>
  text(
    `正在为您转接工作人员${ahead > 0 ? `，前面还有 ${ahead} 位` : ''}。您可以先把问题写在这里，工作人员接入后会看到。回复“取消人工”可随时退出。`,
  );

/** Whoever is not known as an agent yet. */
export const signInLink = ({ config }: Pick<Deps, 'config'>, what: string): ChatReply => {
  const page = 'packages/account/pages/sign-in/index';
  return {
    form: 'link',
    title: '请先登录并绑定企业',
    description: `${what}需要先确认您是哪家企业的经办人。收到过邀请短信的，登录后按短信里的链接绑定。`,
    url: `${config.publicBaseUrl}/m/${page}`,
    page,
    buttonText: '去登录',
  };
};

/** In words, for the operator's record and the list. */
export function wordsOf(reply: ChatReply): string {
  if (reply.form === 'text') return reply.text;
  return `${reply.form === 'card' ? '[卡片]' : '[链接]'} ${reply.title}`;
}
