import { createElement, useEffect, useRef } from 'react';
import type { BoxProps, ChoiceProps, DatePickProps, InlineProps, InputProps, ModalProps, PickProps, TapProps } from './element-props';
import styles from './elements.module.scss';
import './web-reset.scss';

const inputModes = { text: undefined, integer: 'numeric', decimal: 'decimal', phone: 'tel', code: 'numeric' } as const;
const completions = { text: undefined, integer: undefined, decimal: undefined, phone: 'tel-national', code: 'one-time-code' } as const;
const hidden = (isDecoration: boolean | undefined) => (isDecoration ? 'true' : undefined);

export function Box({
  as = 'div',
  role,
  label,
  isDecoration,
  labelledBy,
  describedBy,
  valueNow,
  isFocusTarget,
  isScroller,
  ...rest
}: BoxProps) {
  return createElement(as, {
    ...rest,
    role,
    'aria-label': label,
    'aria-hidden': hidden(isDecoration),
    'aria-labelledby': labelledBy,
    'aria-describedby': describedBy,
    'aria-valuenow': valueNow,
    'aria-valuemin': valueNow === undefined ? undefined : 0,
    'aria-valuemax': valueNow === undefined ? undefined : 100,
    tabIndex: isFocusTarget ? -1 : isScroller ? 0 : undefined,
  });
}

export function Inline({ isDecoration, children, id, className, style }: InlineProps) {
  return (
    <span id={id} className={className} style={style} aria-hidden={hidden(isDecoration)}>
      {children}
    </span>
  );
}

export function Tap({ onTap, isDisabled, role = 'button', isOn, isExpanded, isCurrent, label, isDecoration, children, ...rest }: TapProps) {
  return createElement(
    'button',
    {
      ...rest,
      type: 'button',
      role: role === 'button' ? undefined : role,
      disabled: isDisabled,
      onClick: onTap,
      'aria-label': label,
      'aria-hidden': hidden(isDecoration),
      'aria-selected': role === 'tab' ? isOn : undefined,
      'aria-checked': role === 'switch' ? isOn : undefined,
      'aria-expanded': isExpanded,
      'aria-current': isCurrent ? 'page' : undefined,
    },
    children,
  );
}

export function TextInput(given: InputProps) {
  const kind = given.kind ?? 'text';
  return (
    <input
      id={given.id}
      className={`${styles.input} ${given.className ?? ''}`}
      type="text"
      inputMode={inputModes[kind]}
      autoComplete={completions[kind] ?? 'off'}
      value={given.value}
      placeholder={given.placeholder}
      maxLength={given.maxLength ?? 200}
      onChange={(event) => given.onChange(event.target.value)}
      onBlur={given.onLeave}
      aria-label={given.label}
      aria-invalid={given.isInvalid ? 'true' : undefined}
      aria-describedby={given.describedBy}
    />
  );
}

export function TextBox(given: InputProps) {
  return (
    <textarea
      id={given.id}
      className={`${styles.box} ${given.className ?? ''}`}
      rows={6}
      value={given.value}
      placeholder={given.placeholder}
      maxLength={given.maxLength ?? 2000}
      onChange={(event) => given.onChange(event.target.value)}
      onBlur={given.onLeave}
      aria-label={given.label}
      aria-invalid={given.isInvalid ? 'true' : undefined}
      aria-describedby={given.describedBy}
    />
  );
}

export function Choice({ id, className, kind, name, label, isChosen, isDisabled, isInvalid, onChoose, children }: ChoiceProps) {
  return (
    <label className={className}>
      <input
        id={id}
        className={styles.native}
        type={kind}
        name={name}
        checked={isChosen}
        disabled={isDisabled}
        onChange={onChoose}
        aria-label={label}
        aria-invalid={isInvalid ? 'true' : undefined}
      />
      {children}
    </label>
  );
}

export function Pick(given: PickProps) {
  return (
    <select
      id={given.id}
      className={styles.pick}
      value={given.value}
      onChange={(event) => given.onChange(event.target.value)}
      aria-label={given.label}
      aria-invalid={given.isInvalid ? 'true' : undefined}
      aria-describedby={given.describedBy}
    >
      <option value="" disabled>
        {given.placeholder}
      </option>
      {given.options.map((each) => (
        <option key={each.value} value={each.value}>
          {each.label}
        </option>
      ))}
    </select>
  );
}

export function DatePick(given: DatePickProps) {
  return (
    <input
      id={given.id}
      className={`${styles.input} ${given.className ?? ''}`}
      type="date"
      value={given.value}
      min={given.min}
      max={given.max}
      onChange={(event) => given.onChange(event.target.value)}
      aria-label={given.label}
      aria-invalid={given.isInvalid ? 'true' : undefined}
      aria-describedby={given.describedBy}
    />
  );
}

/** The browser's own dialog keeps the focus inside, closes on Escape and gives the focus back. */
export function Modal({ label, onClose, className, children }: ModalProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element && !element.open) element.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={styles.modal}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <button type="button" tabIndex={-1} aria-hidden="true" className={styles.shade} onClick={onClose} />
      <div className={className}>{children}</div>
    </dialog>
  );
}

/** Moves the focus, and so the screen reader, to what has just changed; after the change is drawn. */
export const focusOn = (id: string): void =>
  void setTimeout(() => {
    const element = document.getElementById(id);
    element?.closest('main')?.scrollTo(0, 0);
    element?.focus({ preventScroll: true });
  }, 0);
