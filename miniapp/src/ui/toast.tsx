import { useEffect } from 'react';
import { createStore, useStore } from '@/features/store';
import { Box } from './elements';
import styles from './layer.module.scss';

const shown = createStore<{ text: string } | null>(null);
const durationMs = 3000;

/** One short line about what has just been done. */
export const showToast = (text: string): void => shown.set({ text });

/** Lives in every page shell; the line is read out when it appears. */
export function ToastHost() {
  const toast = useStore(shown);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => shown.set(null), durationMs);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <Box role="status" className={styles.toastHost}>
      {toast && <Box className={styles.toast}>{toast.text}</Box>}
    </Box>
  );
}
