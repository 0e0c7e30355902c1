import { useTexts } from '@/features/language';
import styles from './badge.module.scss';
import { Inline } from './elements';
import { uiTexts } from './texts';

/** How many are unread; a screen reader hears the word as well. */
export function Badge({ count, className = '' }: { count: number; className?: string }) {
  const t = useTexts(uiTexts);
  if (count <= 0) return null;
  return (
    <>
      <Inline className={`${styles.badge} ${className}`}>{count > 99 ? '99+' : String(count)}</Inline>
      <Inline className={styles.unseen}>{t('unread')}</Inline>
    </>
  );
}
