import type { ConversationSummary } from '@suiban/shared/api/conversations';
import { useLanguage } from '../../i18n/language';
import { channelText } from './conversations.words';

/** A colour and a shape, no logo; its name is read and shown on hover. */
export function ChannelMark({ channel }: { channel: ConversationSummary['channel'] }) {
  const { lang } = useLanguage();
  const name = channelText(channel, lang);
  return (
    <span className={`channel-mark is-${channel}`} title={name}>
      <svg width="14" height="14" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        {channel === 'wecom' ? (
          <path d="M4 6.500A1.500 1.500 0 0 1 5.500 5h13A1.500 1.500 0 0 1 20 6.500v8a1.500 1.500 0 0 1-1.500 1.500H12l-4.500 3.500V16h-2A1.500 1.500 0 0 1 4 14.500v-8Z" />
        ) : (
          <path d="M12 5c4.400 0 8 2.700 8 6.200s-3.600 6.200-8 6.200c-.9 0-1.800-.1-2.600-.3L6 19l.8-2.800C5 15.100 4 13.300 4 11.200 4 7.700 7.600 5 12 5Z" />
        )}
      </svg>
      <span className="visually-hidden">{name}</span>
    </span>
  );
}
