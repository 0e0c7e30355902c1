import { channelsOf, contrastRatio, palettes, type Scheme, touchPx, typeScalesPx } from '@suiban/shared/design';

/** `share` of one colour over another, as a solid colour: what lies on it keeps a contrast that can be computed. */
function mix(over: string, ground: string, share: number): string {
  const below = channelsOf(ground);
  return `#${channelsOf(over)
    .map((channel, at) => Math.round(channel * share + (below[at] ?? 0) * (1 - share)))
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('')}`;
}

const softShare: Readonly<Record<Scheme, number>> = { light: 0.1, dark: 0.16 };
const readable = 4.5;

/** The city's own colour in the light scheme, where white text on it can be read; the product's otherwise. */
function primaryOf(scheme: Scheme, cityColour: string | undefined): { primary: string; primarySoft: string } {
  const palette = palettes[scheme];
  const isUsable = scheme === 'light' && cityColour && /^#[0-9A-Fa-f]{6}$/.test(cityColour) && cityColour.toUpperCase() !== palette.primary;
  if (!isUsable || contrastRatio(cityColour, palette.onPrimary) < readable) return palette;
  const primarySoft = mix(cityColour, palette.card, softShare.light);
  return contrastRatio(cityColour, primarySoft) < readable ? palette : { primary: cityColour, primarySoft };
}

/** Every colour of the phone as a CSS variable. */
export function colourVariables(scheme: Scheme, cityColour?: string): Record<`--${string}`, string> {
  const palette = palettes[scheme];
  const soft = (colour: string) => mix(colour, palette.card, softShare[scheme]);
  const { primary, primarySoft } = primaryOf(scheme, cityColour);
  return {
    '--primary': primary,
    '--primary-soft': primarySoft,
    '--on-primary': palette.onPrimary,
    '--ink': palette.ink,
    '--ink-2': palette.ink2,
    '--ink-3': palette.ink3,
    '--ground': palette.ground,
    '--card': palette.card,
    '--line': palette.line,
    // An edge that tells where a field is needs 3:1 (WCAG 1.4.11), which the hairline colour does not have.
    '--field-line': palettes[scheme === 'light' ? 'dark' : 'light'].ink3,
    '--good': palette.good,
    '--good-soft': soft(palette.good),
    '--warn': palette.warn,
    '--warn-soft': soft(palette.warn),
    '--bad': palette.bad,
    '--bad-soft': soft(palette.bad),
  };
}

/** Sizes of text, smallest first, as `--fs-1` … `--fs-5`, and the touch size. */
export function sizeVariables(isCare: boolean, scale: number): Record<`--${string}`, string> {
  const kind = isCare ? 'care' : 'phone';
  const variables: Record<`--${string}`, string> = { '--touch': `${Math.round(touchPx[kind] * Math.max(scale, 1))}px` };
  Object.values(typeScalesPx[kind]).forEach((px, at) => {
    variables[`--fs-${at + 1}`] = `${Math.round(px * scale * 10) / 10}px`;
  });
  return variables;
}
