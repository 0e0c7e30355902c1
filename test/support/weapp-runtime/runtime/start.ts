import { defineBuiltins } from './builtins';
import { engine, MiniProgramEnv, page } from './engine';
import { createNative, noteTap } from './native';
import { PageStack } from './pages';
import { createModules } from './sandbox';

const { templates, styles, json } = page.__program;
const errors: string[] = [];
const stackOf = (reason: unknown) => String((reason as Error | undefined)?.stack ?? reason);
page.addEventListener('error', (event) => errors.push(stackOf(event.error ?? event.message)));
page.addEventListener('unhandledrejection', (event) => errors.push(stackOf(event.reason)));
engine.addGlobalErrorListener((error) => {
  errors.push(stackOf(error));
  return false;
});
engine.addGlobalWarningListener(() => false);

// Tests find elements by the ids of the templates.
engine.globalOptions.writeIdToDOM = true;
engine.globalOptions.writeExtraInfoToAttr = false;

const env = new MiniProgramEnv();
const space = env.createCodeSpace('main', true);
defineBuiltins(env.getGlobalCodeSpace(), space);
for (const path of Object.keys(styles)) space.addStyleSheet(path, path);
for (const [path, content] of Object.entries(templates)) space.addCompiledTemplate(path, { groupList: templates, content });
for (const [path, each] of Object.entries(json)) if (templates[path]) space.addComponentStaticConfig(path, each);

const context = new engine.CurrentWindowBackendContext();
// Without this listener no tap ever reaches a component.
context.onEvent((target, type, detail, options) => {
  if (type === 'tap') noteTap();
  const event = new engine.Event(type, detail, options);
  engine.Event.dispatchEvent(target, event);
  return event.defaultPrevented() ? engine.EventBubbleStatus.NoDefault : engine.EventBubbleStatus.Normal;
});
const backend = env.associateBackend(context);
for (const [path, content] of Object.entries(styles)) backend.registerStyleSheetContent(path, content);

const stack = new PageStack(backend, space);
page.__report = {
  errors,
  evals: [],
  calls: [],
  setData: { calls: 0, bytes: 0 },
  routes: stack.routes,
  navigate: (kind, url) => stack.go(kind, { url }),
};
const modules = createModules(space, createNative(stack), stack.instances);
stack.use(modules);
modules.load('app');
const first = json.app?.pages?.[0] ?? '';
const launch = { path: first, query: {}, scene: 1001 };
modules.app()?.onLaunch?.(launch);
modules.app()?.onShow?.(launch);
stack.open(page.__host.startUrl ?? `/${first}`);
