import type { Subscription } from '@/api/messages';
import { platform } from '@/platform/current';

/** Templates in one prompt: WeChat takes five, Alipay three. */
const mostAtOnce = platform.kind === 'alipay' ? 3 : 5;

/** One prompt takes templates of one kind only: both platforms refuse a mix (WeChat 20002, Alipay 106002). */
export function templatesOf(items: readonly Subscription[], kind: 'one-time' | 'long-term'): readonly string[] {
  const wanted = items.filter((each) => each.isLongTerm === (kind === 'long-term') && !(each.isLongTerm && each.isOn));
  return wanted.slice(0, mostAtOnce).map((each) => each.templateId);
}
