import { useTexts } from '@/features/language';
import { goTab } from '@/features/routes';
import { Badge } from './badge';
import { Box, Inline, Tap } from './elements';
import { Icon, type IconName } from './icon';
import styles from './tab-bar.module.scss';
import { uiTexts } from './texts';

const tabs = [
  { name: 'home', icon: 'home' },
  { name: 'messages', icon: 'bell' },
  { name: 'mine', icon: 'person' },
] as const satisfies readonly { name: string; icon: IconName }[];
export type TabName = (typeof tabs)[number]['name'];

/** On the web only: WeChat and Alipay draw their own from app.config. */
export function TabBar({ current, unread }: { current: TabName; unread: number }) {
  const t = useTexts(uiTexts);
  return (
    <Box as="nav" className={styles.tabs} label={t('tabs')}>
      {tabs.map(({ name, icon }) => (
        <Tap
          key={name}
          className={`${styles.tab} ${name === current ? styles.on : ''}`}
          isCurrent={name === current}
          onTap={() => goTab(name)}
        >
          <Icon name={icon} size={24} />
          <Inline className={styles.name}>{t(name)}</Inline>
          {name === 'messages' && <Badge count={unread} className={styles.badge} />}
        </Tap>
      ))}
    </Box>
  );
}
