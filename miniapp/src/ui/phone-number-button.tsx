import { Button as NativeButton } from '@tarojs/components';
import styles from './button.module.scss';

interface Props {
  label: string;
  /** The code that stands for the number; undefined: the person gave none. */
  onGiven: (code: string | undefined) => void;
}

/** WeChat gives a number to a tap on a button of its own only. @see developers.weixin.qq.com/miniprogram/dev/framework/open-ability/getPhoneNumber.html (read 2026-11) */
export function PhoneNumberButton({ label, onGiven }: Props) {
  return (
    <NativeButton
      className={`${styles.button} ${styles.primary} ${styles.native}`}
      openType="getPhoneNumber"
      onGetPhoneNumber={({ detail }) => onGiven(detail.code === '' ? undefined : detail.code)}
    >
      {label}
    </NativeButton>
  );
}
