import type { ReactNode } from 'react';
import { useTexts } from '@/features/language';
import { Box, Modal, Tap } from './elements';
import { Icon } from './icon';
import styles from './layer.module.scss';
import { uiTexts } from './texts';

/** Rises from the bottom over the page. `footer` stays in sight while the content scrolls. */
export function Sheet({
  title,
  onClose,
  children,
  footer,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
}) {
  const t = useTexts(uiTexts);
  return (
    <Modal label={title} onClose={onClose} className={styles.sheet}>
      <Box className={styles.sheetHead}>
        <Box as="h2" className={styles.sheetTitle}>
          {title}
        </Box>
        <Tap className={styles.sheetClose} label={t('close')} onTap={onClose}>
          <Icon name="close" />
        </Tap>
      </Box>
      <Box className={styles.sheetBody}>{children}</Box>
      {footer && <Box className={styles.sheetFoot}>{footer}</Box>}
    </Modal>
  );
}
