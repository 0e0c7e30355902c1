import {
  chartColours,
  fontFamily,
  lineHeights,
  motion,
  overlayShadow,
  palettes,
  radiusPx,
  type Scheme,
  spacingPx,
  type TypeScale,
  touchPx,
  typeScalesPx,
} from './tokens';

/**
 * The tokens as CSS custom properties: `--primary`, `--primary-soft`, `--ink-2`, `--chart-1`, `--space-4`, `--radius-card`,
 * `--type-text`, `--touch`, `--motion-duration`.
 */
export function cssVariables(scheme: Scheme, scale: TypeScale = 'phone'): Readonly<Record<`--${string}`, string>> {
  const variables: Record<`--${string}`, string> = {};
  for (const [name, colour] of Object.entries(palettes[scheme])) variables[`--${kebab(name)}`] = colour;
  chartColours[scheme].forEach((colour, index) => {
    variables[`--chart-${index + 1}`] = colour;
  });
  for (const px of spacingPx) variables[`--space-${px}`] = `${px}px`;
  for (const [name, px] of Object.entries(radiusPx)) variables[`--radius-${name}`] = `${px}px`;
  for (const [name, px] of Object.entries(typeScalesPx[scale])) variables[`--type-${name}`] = `${px}px`;
  variables['--touch'] = `${touchPx[scale]}px`;
  variables['--line-height-text'] = String(lineHeights.text);
  variables['--line-height-heading'] = String(lineHeights.heading);
  variables['--font-family'] = fontFamily;
  variables['--shadow-overlay'] = scale === 'console' ? overlayShadow[scheme] : 'none';
  variables['--motion-duration'] = `${motion.durationMs}ms`;
  variables['--motion-easing'] = motion.easing;
  return variables;
}

/** The variables as a CSS rule, for a style sheet made at build time. */
export const cssRule = (selector: string, variables: Readonly<Record<`--${string}`, string>>): string =>
  `${selector} {\n${Object.entries(variables)
    .map(([name, value]) => `  ${name}: ${value};\n`)
    .join('')}}\n`;

/** primarySoft → primary-soft, ink2 → ink-2 */
const kebab = (name: string): string => name.replace(/[A-Z]|\d/g, (char) => `-${char.toLowerCase()}`);
