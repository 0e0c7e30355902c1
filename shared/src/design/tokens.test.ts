import { describe, expect, it } from '@jest/globals';
import { chartColours, contrastRatio, cssRule, cssVariables, type Palette, palettes, type Scheme, touchPx, typeScalesPx } from './index';

const schemes: readonly Scheme[] = ['light', 'dark'];
const texts: readonly (keyof Palette)[] = ['ink', 'ink2', 'ink3', 'primary', 'good', 'warn', 'bad'];
const grounds: readonly (keyof Palette)[] = ['ground', 'card'];

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrastRatio('#000000', '#FFFFFF')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#FFFFFF')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#1B5FCC', '#1B5FCC')).toBe(1);
    expect(() => contrastRatio('#fff', '#000000')).toThrow(TypeError);
  });

  it.each(schemes.flatMap((scheme) => texts.flatMap((text) => grounds.map((ground) => [scheme, text, ground] as const))))(
    '%s: %s on %s is readable',
    (scheme, text, ground) => {
      expect(contrastRatio(palettes[scheme][text], palettes[scheme][ground])).toBeGreaterThanOrEqual(4.5);
    },
  );

  it.each(schemes)('%s: text on the primary colour and on its soft ground is readable', (scheme) => {
    const palette = palettes[scheme];
    expect(contrastRatio(palette.onPrimary, palette.primary)).toBeGreaterThanOrEqual(4.5);
    for (const text of [palette.ink, palette.ink2, palette.primary]) {
      expect(contrastRatio(text, palette.primarySoft)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it.each(schemes)('%s: chart colours stand out from the card', (scheme) => {
    expect(chartColours[scheme]).toHaveLength(6);
    for (const colour of chartColours[scheme]) expect(contrastRatio(colour, palettes[scheme].card)).toBeGreaterThanOrEqual(3);
  });
});

describe('cssVariables', () => {
  it('name the same properties in every scheme and scale', () => {
    const names = Object.keys(cssVariables('light'));
    for (const scheme of schemes) {
      for (const scale of ['phone', 'care', 'console'] as const) expect(Object.keys(cssVariables(scheme, scale))).toEqual(names);
    }
    expect(names).toEqual(
      expect.arrayContaining(['--primary-soft', '--ink-2', '--chart-6', '--space-48', '--radius-sheet', '--type-text', '--touch']),
    );
  });

  it('carry the values of the scheme and the scale', () => {
    expect(cssVariables('dark')['--ink']).toBe('#EDEFF3');
    expect(cssVariables('light', 'care')).toMatchObject({ '--type-text': '20px', '--touch': '60px', '--shadow-overlay': 'none' });
    expect(cssVariables('light', 'console')['--shadow-overlay']).not.toBe('none');
    expect(cssRule('.dark', { '--ink': '#EDEFF3', '--touch': '44px' })).toBe('.dark {\n  --ink: #EDEFF3;\n  --touch: 44px;\n}\n');
  });

  it('make care mode larger at every step', () => {
    for (const step of ['hint', 'text', 'lead', 'title', 'display'] as const) {
      expect(typeScalesPx.care[step]).toBeGreaterThan(typeScalesPx.phone[step]);
    }
    expect(touchPx.care).toBeGreaterThan(touchPx.phone);
  });
});
