export { channelsOf, contrastRatio } from './contrast';
export { cssRule, cssVariables } from './css-variables';
export {
  chartColours,
  fontFamily,
  lineHeights,
  motion,
  overlayShadow,
  type Palette,
  palettes,
  radiusPx,
  type Scheme,
  spacingPx,
  type TypeScale,
  touchPx,
  typeScalesPx,
} from './tokens';
