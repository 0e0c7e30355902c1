import type { AppProps } from '../phone/app-props';
import { ContactChat } from './contact-chat';
import { OfficialChat } from './official-chat';
import { ServiceNotices } from './service-notices';
import { WechatHome } from './wechat-home';

/** WeChat: the list of chats, the service notices of the mini-program, and the city's Official Account. */
export function WechatApp(props: AppProps) {
  const waitingBut = (shown: string): number => [...props.unread].reduce((sum, [id, count]) => sum + (isOurs(id, shown) ? count : 0), 0);
  if (props.thread === 'services') return <ServiceNotices {...props} waiting={waitingBut('services')} />;
  if (props.thread === 'official') return <OfficialChat {...props} waiting={waitingBut('official')} />;
  if (props.thread === 'contact') return <ContactChat {...props} />;
  return <WechatHome {...props} />;
}

const isOurs = (id: string, shown: string): boolean => id !== shown && (id === 'services' || id === 'official');
