export { dictionary, interpolate, type Translate } from './dictionary';
export { toHalfWidth } from './half-width';
export { type Lang, langs } from './lang';
export { characterCount, displayWidth, truncateToBytes, truncateToCharacters, utf8ByteLength } from './length';
