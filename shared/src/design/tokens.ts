import { lighten } from './contrast';

export type Scheme = 'light' | 'dark';
/** Which type scale: the phone's, the phone's in care mode (large), the console's. */
export type TypeScale = 'phone' | 'care' | 'console';

export interface Palette {
  /** One action per view, links, selection. */
  readonly primary: string;
  /** Text on a primary ground. */
  readonly onPrimary: string;
  /** Selected rows, tags, chart fills. */
  readonly primarySoft: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly ground: string;
  readonly card: string;
  readonly line: string;
  /** States: always with a word or an icon beside the colour. */
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
}

export const palettes: Readonly<Record<Scheme, Palette>> = {
  light: {
    primary: '#1B5FCC',
    onPrimary: '#FFFFFF',
    primarySoft: '#E8F0FE',
    ink: '#16191F',
    ink2: '#4A5260',
    ink3: '#636B79',
    ground: '#F4F6F9',
    card: '#FFFFFF',
    line: '#E3E7ED',
    good: '#14784A',
    warn: '#9A5B00',
    bad: '#C0301C',
  },
  dark: {
    primary: '#6CA0F5',
    onPrimary: '#0F1216',
    primarySoft: '#17253D',
    ink: '#EDEFF3',
    ink2: '#B4BBC7',
    ink3: '#8A93A1',
    ground: '#0F1216',
    card: '#181C22',
    line: '#2A3038',
    good: '#4CC38A',
    warn: '#F0A742',
    bad: '#FF8A76',
  },
};

const chartOrder = ['#1B5FCC', '#0E8F8B', '#C97B12', '#8A4FBF', '#C0301C', '#5B6B7F'] as const;

/** At most six series, in this order; direct labels before legends. */
export const chartColours: Readonly<Record<Scheme, readonly string[]>> = {
  light: chartOrder,
  dark: chartOrder.map((colour) => lighten(colour, 0.2)),
};

export const spacingPx = [4, 8, 12, 16, 24, 32, 48] as const;
export const radiusPx = { control: 8, card: 12, sheet: 20 } as const;
export const touchPx: Readonly<Record<TypeScale, number>> = { phone: 44, care: 60, console: 32 };

/** Five steps: hint, text, lead, title, display. */
export const typeScalesPx = {
  phone: { hint: 13, text: 15, lead: 17, title: 20, display: 24 },
  care: { hint: 17, text: 20, lead: 23, title: 28, display: 32 },
  console: { hint: 12, text: 14, lead: 16, title: 20, display: 28 },
} as const satisfies Readonly<Record<TypeScale, Readonly<Record<string, number>>>>;

export const lineHeights = { text: 1.5, heading: 1.25 } as const;
export const fontFamily =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans SC", "Microsoft YaHei", "Segoe UI", Roboto, sans-serif';
/** Console overlays only; the phone has no shadow. */
export const overlayShadow: Readonly<Record<Scheme, string>> = {
  light: '0 6px 24px rgba(22, 25, 31, 0.12)',
  dark: '0 6px 24px rgba(0, 0, 0, 0.48)',
};
/** None at all where the system asks for less motion. */
export const motion = { durationMs: 200, easing: 'ease-out' } as const;
