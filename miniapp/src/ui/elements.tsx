import { Input, Picker, Text, Textarea, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { Children } from 'react';
import type { BoxProps, ChoiceProps, DatePickProps, InlineProps, InputProps, ModalProps, PickProps, TapProps } from './element-props';
import styles from './elements.module.scss';

const flag = (value: boolean | undefined) => (value === undefined ? undefined : String(value));
// Taro's property types know no aria attribute; `platform/mini/aria.ts` passes these on.
const aria = (given: Record<string, string | undefined>): Record<string, string> => {
  const result: Record<string, string> = {};
  for (const [key, value] of Object.entries(given)) if (value !== undefined) result[key] = value;
  return result;
};
const inputTypes = { text: 'text', integer: 'number', decimal: 'digit', phone: 'number', code: 'number' } as const;

/** Any block. `as` says what it is on the web; WeChat and Alipay know only views. */
export function Box({ as, id, className, style, label, role, children }: BoxProps) {
  const isHeading = as === 'h1' || as === 'h2' || as === 'h3';
  return (
    <View
      id={id}
      className={className}
      style={style}
      {...aria({ ariaRole: role ?? (isHeading ? 'heading' : undefined), ariaLabel: label })}
    >
      {children}
    </View>
  );
}

/**
 * Part of a line. Only bare text becomes a `text`: WeChat lays a text's children out inside a hidden span of its own, where no
 * flex box reaches them, so anything else becomes a view (its class then says how it is laid out).
 */
export function Inline({ id, className, style, children }: InlineProps) {
  const parts = Children.toArray(children);
  const Tag = parts.length > 0 && parts.every((each) => typeof each === 'string' || typeof each === 'number') ? Text : View;
  return (
    <Tag id={id} className={className} style={style}>
      {children}
    </Tag>
  );
}

export function Tap({ id, className, style, label, onTap, isDisabled, role = 'button', isOn, children }: TapProps) {
  return (
    <View
      id={id}
      className={className}
      style={style}
      hoverClass={isDisabled ? 'none' : styles.pressed}
      onClick={isDisabled ? undefined : onTap}
      {...aria({
        ariaRole: role,
        ariaLabel: label,
        ariaDisabled: flag(isDisabled),
        ariaSelected: role === 'tab' ? flag(isOn) : undefined,
        ariaChecked: role === 'switch' ? flag(isOn) : undefined,
      })}
    >
      {children}
    </View>
  );
}

export function TextInput({ id, className, label, value, onChange, onLeave, kind = 'text', placeholder, maxLength = 200 }: InputProps) {
  return (
    <Input
      id={id}
      className={`${styles.input} ${className ?? ''}`}
      type={inputTypes[kind]}
      value={value}
      placeholder={placeholder}
      placeholderClass={styles.placeholder}
      maxlength={maxLength}
      onInput={(event) => onChange(event.detail.value)}
      onBlur={onLeave}
      {...aria({ ariaLabel: label })}
    />
  );
}

export function TextBox({ id, className, label, value, onChange, onLeave, placeholder, maxLength = 2000 }: InputProps) {
  return (
    <Textarea
      id={id}
      className={`${styles.box} ${className ?? ''}`}
      value={value}
      placeholder={placeholder}
      placeholderClass={styles.placeholder}
      maxlength={maxLength}
      onInput={(event) => onChange(event.detail.value)}
      onBlur={onLeave}
      {...aria({ ariaLabel: label })}
    />
  );
}

export function Choice({ id, className, kind, label, isChosen, isDisabled, onChoose, children }: ChoiceProps) {
  return (
    <View
      id={id}
      className={className}
      hoverClass={isDisabled ? 'none' : styles.pressed}
      onClick={isDisabled ? undefined : onChoose}
      {...aria({ ariaRole: kind, ariaLabel: label, ariaChecked: flag(isChosen), ariaDisabled: flag(isDisabled) })}
    >
      {children}
    </View>
  );
}

export function Pick({ id, label, options, value, onChange, placeholder }: PickProps) {
  const at = options.findIndex((each) => each.value === value);
  return (
    <Picker
      id={id}
      mode="selector"
      range={options.map((each) => each.label)}
      value={Math.max(at, 0)}
      onChange={(event) => {
        const chosen = options[Number(event.detail.value)];
        if (chosen) onChange(chosen.value);
      }}
      {...aria({ ariaLabel: label })}
    >
      <View className={`${styles.pick} ${at < 0 ? styles.placeholder : ''}`}>{options[at]?.label ?? placeholder}</View>
    </Picker>
  );
}

export function DatePick({ id, label, value, onChange, min, max, placeholder }: DatePickProps) {
  return (
    <Picker
      id={id}
      mode="date"
      value={value}
      start={min}
      end={max}
      onChange={(event) => onChange(String(event.detail.value))}
      {...aria({ ariaLabel: label })}
    >
      <View className={`${styles.pick} ${value ? '' : styles.placeholder}`}>{value || placeholder}</View>
    </Picker>
  );
}

export function Modal({ label, onClose, className, children }: ModalProps) {
  return (
    <View className={styles.modal} {...aria({ ariaRole: 'dialog', ariaLabel: label })}>
      <View className={styles.shade} catchMove onClick={onClose} />
      <View className={className}>{children}</View>
    </View>
  );
}

/** WeChat and Alipay have no focus to move: only the page goes back to its top. */
export const focusOn = (_id: string): void => void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
