import type { ReactNode } from 'react';
import type { App } from './threads';

const icon = (path: ReactNode, size: number, isFilled = false): ReactNode => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill={isFilled ? 'currentColor' : 'none'}
    stroke={isFilled ? 'none' : 'currentColor'}
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {path}
  </svg>
);

export const icons = {
  chevron: icon(<path d="m9 6 6 6-6 6" />, 14),
  down: icon(<path d="m6 9 6 6 6-6" />, 16),
  back: icon(<path d="m15 5-7 7 7 7" />, 22),
  close: icon(<path d="m6 6 12 12M18 6 6 18" />, 16),
  plus: icon(<path d="M12 5v14M5 12h14" />, 16),
  reload: icon(<path d="M20 11a8 8 0 1 0-2.3 6.3M20 5v6h-6" />, 16),
  search: icon(<path d="M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm9 2-4-4" />, 16),
  more: icon(
    <path d="M5 10.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Zm7 0a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Zm7 0a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6Z" />,
    18,
    true,
  ),
  target: icon(<path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Zm0-5.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z" />, 18),
  bell: icon(<path d="M6 16V11a6 6 0 1 1 12 0v5l1.5 2h-15L6 16Zm4 4.5h4" />, 16),
  bellSolid: icon(
    <path d="M12 3a6 6 0 0 0-6 6v4.500L4.300 16.200c-.4.700.1 1.500.9 1.500h13.600c.8 0 1.300-.8.9-1.500L18 13.500V9a6 6 0 0 0-6-6Zm-2.300 16.200a2.400 2.400 0 0 0 4.600 0H9.700Z" />,
    22,
    true,
  ),
  chat: icon(
    <path d="M12 5c4.700 0 8.500 3 8.500 6.700S16.700 18.400 12 18.400c-.9 0-1.800-.1-2.600-.3L5.500 20l.8-3.200c-1.700-1.200-2.800-3-2.800-5.100C3.500 8 7.300 5 12 5Z" />,
    22,
  ),
  contacts: icon(
    <path d="M9.500 12a3.700 3.700 0 1 0 0-7.400 3.700 3.700 0 0 0 0 7.400Zm-6.500 7.400c.6-3.300 3-5 6.500-5s5.900 1.700 6.500 5M17.500 8.500h4M18.500 12.500h3" />,
    22,
  ),
  compass: icon(
    <path d="M12 20.500a8.500 8.500 0 1 0 0-17 8.500 8.500 0 0 0 0 17Zm3.300-11.800-1.900 4.700-4.700 1.900 1.900-4.700 4.700-1.900Z" />,
    22,
  ),
  keyboard: icon(<path d="M3.500 6.500h17v11h-17zM7 10h.1M10.300 10h.1M13.600 10h.1M17 10h.1M7 13.700h.1M10 13.700h4M17 13.700h.1" />, 24),
  lines: icon(<path d="M5 7.500h14M5 12h14M5 16.500h14" />, 24),
  megaphone: icon(<path d="M5 10v4h3l7 4V6l-7 4H5Zm13-.5a4 4 0 0 1 0 5" />, 22),
  form: icon(<path d="M6 4.500h12v15H6zM9 9h6M9 12.500h6M9 16h3.500" />, 22),
  link: icon(
    <path d="M10 14a4 4 0 0 0 5.700 0l2.300-2.300a4 4 0 0 0-5.700-5.700l-1 1M14 10a4 4 0 0 0-5.700 0L6 12.300a4 4 0 0 0 5.700 5.700l1-1" />,
    13,
  ),
  grid: icon(<path d="M5 5h5.5v5.5H5zM13.5 5H19v5.500h-5.500zM5 13.500h5.500V19H5zM13.5 13.500H19V19h-5.500z" />, 16),
  person: icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-8 8c.8-3.600 4-5 8-5s7.200 1.400 8 5" />, 18),
  lock: icon(<path d="M7 11V8a5 5 0 0 1 10 0v3M6 11h12v9H6z" />, 11),
  signal: icon(<path d="M2 17h3v4H2zM7.5 13h3v8h-3zM13 9h3v12h-3zM18.5 5h3v16h-3z" />, 15, true),
  wifi: icon(
    <path d="M12 20.5 8.800 17a4.600 4.600 0 0 1 6.400 0L12 20.500ZM5.700 13.600a9 9 0 0 1 12.600 0l-1.700 1.900a6.5 6.5 0 0 0-9.200 0l-1.700-1.900ZM2.300 9.900a13.800 13.800 0 0 1 19.400 0L20 11.800a11.300 11.300 0 0 0-16 0L2.300 9.900Z" />,
    15,
    true,
  ),
} as const;

/** Plain marks of the apps: a colour and a shape, no logo. */
export function AppMark({ app }: { app: App }) {
  const shapes = {
    wechat: (
      <path d="M12 5c4.400 0 8 2.700 8 6.200s-3.600 6.200-8 6.200c-.9 0-1.800-.1-2.600-.3L6 19l.8-2.800C5 15.100 4 13.300 4 11.200 4 7.700 7.600 5 12 5Z" />
    ),
    wecom: (
      <path d="M4 6.500A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.500v8a1.5 1.5 0 0 1-1.5 1.500H12l-4.5 3.500V16h-2A1.5 1.5 0 0 1 4 14.500v-8Z" />
    ),
    alipay: <path d="M6 8h12M12 5v3M8 11h8M16.500 11c-1.200 3.800-4.300 6.800-9 8.200M9.500 13.200c2.300 2.900 5 4.900 9 6" />,
    mail: <path d="M4 12.500 7 5.500h10l3 7v6a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1v-6Zm0 0h4.700l1.300 2.500h4l1.300-2.500H20" />,
    sms: (
      <path d="M5.5 6h13A1.5 1.5 0 0 1 20 7.500v9a1.5 1.5 0 0 1-1.5 1.500h-13A1.5 1.5 0 0 1 4 16.500v-9A1.5 1.5 0 0 1 5.5 6Zm.8 2.700 5.700 4.200 5.700-4.200" />
    ),
  };
  const isOutlined = app !== 'wechat' && app !== 'wecom';
  return (
    <span className={`app-mark app-mark-${app}`} aria-hidden="true">
      <svg
        aria-hidden="true"
        width="14"
        height="14"
        viewBox="0 0 24 24"
        fill={isOutlined ? 'none' : '#fff'}
        stroke={isOutlined ? '#fff' : 'none'}
        strokeWidth="2"
        focusable="false"
      >
        {shapes[app]}
      </svg>
    </span>
  );
}
