import Taro from '@tarojs/taro';
import { type ReactNode, useEffect } from 'react';
import { useCity } from '@/features/city';
import { useTexts } from '@/features/language';
import { useIsOffline } from '@/features/network';
import { goBack } from '@/features/routes';
import { Tag } from './blocks';
import { Box, Tap } from './elements';
import { Icon } from './icon';
import styles from './page.module.scss';
import { TabBar, type TabName } from './tab-bar';
import { uiTexts } from './texts';
import { useTheme } from './theme';
import { ToastHost } from './toast';

const isWeb = process.env.TARO_ENV === 'h5';

interface PageProps {
  title: string;
  /** On one of the three main pages. */
  tab?: TabName;
  unread?: number;
  children: ReactNode;
  /** The page's actions, always in sight at the bottom. */
  footer?: ReactNode;
  /** Above the content, in sight while it scrolls (the progress of a questionnaire). */
  head?: ReactNode;
}

/** The frame of every page: theme, care mode, title, offline line, messages. WeChat and Alipay bring their own title bar. */
export function Page({ title, tab, unread, children, footer, head }: PageProps) {
  const theme = useTheme();
  const isOffline = useIsOffline();
  const t = useTexts(uiTexts);
  const city = useCity();
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  return (
    <Box className={`${styles.page} ${isWeb ? styles.web : ''}`} style={isWeb ? undefined : theme.variables}>
      {isWeb && !tab && (
        <Box as="header" className={styles.bar}>
          <Tap className={styles.back} label={t('back')} onTap={goBack}>
            <Icon name="back" size={24} />
          </Tap>
          <Box as="h1" className={styles.barTitle}>
            {title}
          </Box>
          <Box className={styles.back} isDecoration />
        </Box>
      )}
      {head}
      <Box role="status">{isOffline && <Box className={styles.offline}>{t('offline')}</Box>}</Box>
      <Box as="main" className={styles.body} isScroller>
        <Box className={styles.column}>
          {children}
          {!tab && city?.isDemo && <Box className={styles.demo}>{t('demo')}</Box>}
        </Box>
      </Box>
      {footer && (
        <Box className={styles.footer}>
          <Box className={styles.footerColumn}>{footer}</Box>
        </Box>
      )}
      {isWeb && tab && <TabBar current={tab} unread={unread ?? 0} />}
      <ToastHost />
    </Box>
  );
}

/** Large title of a main page. */
export function TabHeader({ title }: { title: string }) {
  const t = useTexts(uiTexts);
  const city = useCity();
  return (
    <Box as="header" className={styles.tabHeader}>
      <Box as="h1" className={styles.tabTitle}>
        {title}
      </Box>
      {city?.isDemo && <Tag tone="warn">{t('demo')}</Tag>}
    </Box>
  );
}
