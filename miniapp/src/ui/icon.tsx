import { Inline } from './elements';
import styles from './icon.module.scss';

export type IconName =
  | 'next'
  | 'back'
  | 'down'
  | 'check'
  | 'close'
  | 'clock'
  | 'form'
  | 'bell'
  | 'person'
  | 'building'
  | 'home'
  | 'speech'
  | 'edit'
  | 'plus'
  | 'minus'
  | 'warn'
  | 'info'
  | 'shield'
  | 'size'
  | 'globe'
  | 'leave'
  | 'swap'
  | 'calendar'
  | 'phone';

/** A line drawing in the colour of the text around it; decoration only, the words beside it say the same. */
export function Icon({ name, size = 20, className = '' }: { name: IconName; size?: 16 | 20 | 24 | 32 | 48; className?: string }) {
  return <Inline isDecoration className={`${styles.icon} ${styles[`size-${size}`]} ${styles[name]} ${className}`} />;
}
