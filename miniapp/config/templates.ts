/// <reference types="node" />
import path from 'node:path';
import { ariaAttributes } from '../src/platform/mini/aria-attributes';

interface Platform {
  runtimePath: string | string[];
  template?: {
    nestElements: Map<string, number>;
    mergeComponents(context: unknown, components: typeof ariaAttributes): void;
  };
}
interface PluginContext {
  registerMethod(method: { name: string; fn: (platform: Platform) => void }): void;
}

/** How deep these lie inside each other here (`ui/elements.tsx`): Taro would write templates for up to sixteen levels, 28 KB of them. */
const depths = { text: 2, 'static-text': 2, 'catch-view': 2, 'scroll-view': 1, swiper: 1, 'swiper-item': 1, form: 1, label: 1 };

/** Shapes Taro's templates: they pass on the aria attributes that WeChat and Alipay read out, and hold only the depths in use. */
export default (context: PluginContext) => {
  context.registerMethod({
    name: 'onSetupClose',
    fn(platform) {
      const { template } = platform;
      if (!template) return;
      template.mergeComponents(context, ariaAttributes);
      for (const [name, depth] of Object.entries(depths)) template.nestElements.set(name, depth);
      const runtime = path.resolve(__dirname, '..', 'src', 'platform', 'mini', 'aria.ts');
      platform.runtimePath = [platform.runtimePath].flat().concat(runtime);
    },
  });
};
