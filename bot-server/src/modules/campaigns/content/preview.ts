import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import type { FrozenStep } from '../../dispatch';
import type { Deps } from '../../module';

type Preview = CampaignCheck['previews'][number];
type ChannelBody = FrozenStep['body'];

/** Operators charge 70 characters as one message, longer texts by 67. */
const segmentsOf = (text: string): number => {
  const { length } = [...text];
  return length <= 70 ? 1 : Math.ceil(length / 67);
};

const linesOf = (data: Readonly<Record<string, string>>): Preview['lines'] =>
  Object.entries(data).map(([label, text]) => ({ label, text }));

/** As the phone shows it; the personal link is an example. */
export function previewOf(deps: Pick<Deps, 'config'>, body: ChannelBody, step: number): Preview {
  const plain = { step, title: '', lines: [], text: '', buttonText: '', questions: [], segments: 0 };
  const link = `${deps.config.publicBaseUrl}/s/1-1-1-xxxxxxxxxx`;
  switch (body.channel) {
    case 'wechat-mini':
    case 'wechat-official':
    case 'alipay-mini':
      return { ...plain, channel: body.channel, form: 'template', lines: linesOf(body.data) };
    case 'wecom':
      return wecomPreview(plain, body, link);
    case 'sms': {
      const text = `【${body.signName}】${body.text.replaceAll('{link}', link)}`;
      return { ...plain, channel: 'sms', form: 'text', text, segments: segmentsOf(text) };
    }
    case 'email':
      return { ...plain, channel: 'email', form: 'mail', title: body.subject, text: body.text.replaceAll('{link}', link) };
    case 'inbox':
      throw new Error('the message centre is no step of a plan');
  }
}

function wecomPreview(plain: Omit<Preview, 'channel' | 'form'>, body: Extract<ChannelBody, { channel: 'wecom' }>, link: string): Preview {
  if (body.form === 'contact') return { ...plain, channel: 'wecom', form: 'text', text: body.text.replaceAll('{link}', link) };
  const texts = { title: body.title, text: body.description };
  if (body.form === 'textcard') return { ...plain, ...texts, channel: 'wecom', form: 'textcard', buttonText: body.buttonText };
  return {
    ...plain,
    ...texts,
    channel: 'wecom',
    form: 'card',
    buttonText: body.card.submitText,
    questions: body.card.questions.map(({ title, mode, options }) => ({ title, mode, options: options.map((option) => option.text) })),
  };
}
