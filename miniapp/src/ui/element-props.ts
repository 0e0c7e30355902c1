import type { ReactNode } from 'react';

export type BoxTag =
  | 'div'
  | 'main'
  | 'header'
  | 'footer'
  | 'nav'
  | 'section'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'p'
  | 'ul'
  | 'ol'
  | 'li'
  | 'dl'
  | 'dt'
  | 'dd'
  | 'fieldset'
  | 'legend';

interface Common {
  id?: string;
  className?: string;
  style?: Readonly<Record<string, string>>;
  /** Read out instead of the content. */
  label?: string;
  /** Decoration: hidden from screen readers. */
  isDecoration?: boolean;
}

export type InlineProps = Pick<BoxProps, 'id' | 'className' | 'style' | 'isDecoration' | 'children'>;

export interface BoxProps extends Common {
  as?: BoxTag;
  role?: 'status' | 'alert' | 'dialog' | 'progressbar' | 'radiogroup' | 'group' | 'tablist' | 'tab' | 'img';
  labelledBy?: string;
  describedBy?: string;
  /** Progress in percent, with role `progressbar`. */
  valueNow?: number;
  /** May be focused by `focusOn`. */
  isFocusTarget?: boolean;
  /** Scrolls by itself (on the web), and so must be reachable by keyboard. */
  isScroller?: boolean;
  children?: ReactNode;
}

export interface TapProps extends Common {
  onTap: () => void;
  isDisabled?: boolean;
  role?: 'button' | 'link' | 'tab' | 'switch';
  /** `aria-selected` for a tab, `aria-checked` for a switch. */
  isOn?: boolean;
  isExpanded?: boolean;
  isCurrent?: boolean;
  children?: ReactNode;
}

export interface InputProps extends Common {
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  kind?: 'text' | 'integer' | 'decimal' | 'phone' | 'code';
  placeholder?: string;
  maxLength?: number;
  isInvalid?: boolean;
  describedBy?: string;
}

export interface ChoiceProps extends Common {
  kind: 'radio' | 'checkbox';
  /** Groups radios on the web. */
  name: string;
  isChosen: boolean;
  isDisabled?: boolean;
  isInvalid?: boolean;
  onChoose: () => void;
  children?: ReactNode;
}

export interface PickProps extends Common {
  options: readonly { readonly value: string; readonly label: string }[];
  value: string;
  onChange: (value: string) => void;
  placeholder: string;
  isInvalid?: boolean;
  describedBy?: string;
}

export interface DatePickProps extends Common {
  value: string;
  onChange: (on: string) => void;
  min?: string;
  max?: string;
  placeholder: string;
  isInvalid?: boolean;
  describedBy?: string;
}

export interface ModalProps {
  label: string;
  onClose: () => void;
  className?: string;
  children?: ReactNode;
}
