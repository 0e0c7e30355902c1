/** Contrast of two colours after WCAG 2.2, 1 to 21. @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio (read 2026-11) */
export function contrastRatio(one: string, other: string): number {
  const [a, b] = [luminanceOf(one), luminanceOf(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = channelsOf(hex).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Red, green and blue of `#RRGGBB`. @throws {TypeError} */
export function channelsOf(hex: string): readonly number[] {
  if (!/^#[0-9A-Fa-f]{6}$/.test(hex)) throw new TypeError(`colour: ${hex}`);
  return [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16));
}

/** The colour mixed with white; `share` 0.2 = 20 % lighter. */
export const lighten = (hex: string, share: number): string =>
  `#${channelsOf(hex)
    .map((channel) =>
      Math.round(channel + (255 - channel) * share)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')
    .toUpperCase()}`;
