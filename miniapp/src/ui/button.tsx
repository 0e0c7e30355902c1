import styles from './button.module.scss';
import { Inline, Tap } from './elements';
import { Icon, type IconName } from './icon';

export interface ButtonProps {
  label: string;
  onTap: () => void;
  /** One `primary` per view. */
  kind?: 'primary' | 'plain' | 'text' | 'danger';
  icon?: IconName;
  isBusy?: boolean;
  isDisabled?: boolean;
  isNarrow?: boolean;
  id?: string;
}

export function Button({ label, onTap, kind = 'primary', icon, isBusy = false, isDisabled = false, isNarrow = false, id }: ButtonProps) {
  return (
    <Tap
      id={id}
      className={`${styles.button} ${styles[kind]} ${isNarrow ? styles.narrow : ''} ${isBusy || isDisabled ? styles.off : ''}`}
      isDisabled={isBusy || isDisabled}
      onTap={onTap}
    >
      {isBusy ? <Inline isDecoration className={styles.spinner} /> : icon ? <Icon name={icon} className={styles.icon} /> : null}
      {label}
    </Tap>
  );
}
