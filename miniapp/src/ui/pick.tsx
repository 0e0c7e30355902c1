import type { DatePickProps, PickProps } from './element-props';
import { Box, DatePick, Pick } from './elements';
import { Icon } from './icon';
import styles from './pick.module.scss';

/** One of many, in the platform's own picker. */
export function SelectInput(props: PickProps) {
  return (
    <Box className={styles.picker}>
      <Pick {...props} />
      <Icon name="down" size={16} className={styles.arrow} />
    </Box>
  );
}

/** A day, in the platform's own picker; browsers draw their own calendar sign. */
export function DateInput(props: DatePickProps) {
  return (
    <Box className={styles.picker}>
      <DatePick {...props} />
      {process.env.TARO_ENV !== 'h5' && <Icon name="calendar" className={styles.arrow} />}
    </Box>
  );
}
