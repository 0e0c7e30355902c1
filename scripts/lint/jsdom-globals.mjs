// jsdom lacks what every browser has: react-router asks for the first two when it is loaded, antd measures and asks for the screen.
import { TextDecoder, TextEncoder } from 'node:util';

class ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
const matchMedia = (media) => ({ media, matches: false, addEventListener() {}, removeEventListener() {} });

for (const [name, value] of Object.entries({ TextDecoder, TextEncoder, ResizeObserver, matchMedia })) globalThis[name] ??= value;
