import * as glassEasel from 'glass-easel';
import * as adapter from 'glass-easel-miniprogram-adapter';
import type { Host, Program, Report } from '../shape';

/** The parts of glass-easel, its mini-program adapter and the DOM that the runtime uses. */
export interface Dom {
  value: string;
  placeholder: string;
  disabled: boolean;
  src: string;
  id: string;
  className: string;
  textContent: string;
  selectionStart: number;
  dataset: Record<string, string>;
  style: { cssText: string; display: string };
  appendChild(child: Dom): void;
  setAttribute(name: string, value: string): void;
  addEventListener(name: string, listener: (event: { key: string; stopPropagation(): void }) => void): void;
  remove(): void;
}
export interface Instance {
  $$: Dom;
  data: Record<string, unknown>;
  is: string;
  node?: Dom;
  isOn?: boolean;
  triggerEvent(name: string, detail: unknown, options?: { bubbles: boolean }): void;
  addListener(name: string, listener: () => void): void;
}
export interface PageInstance {
  route: string;
  __route__: string;
  options: Record<string, string>;
  setData(data: Record<string, unknown>, done?: () => void): unknown;
  onLoad?(query: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
}
export interface Root {
  get(): PageInstance;
  attach(holder: Dom, placeholder: Dom): void;
  release(): void;
}
export interface ComponentSpace {
  defineComponent(definition: object): unknown;
  setGlobalUsingComponent(tag: string, definition: unknown): void;
}
export interface ComponentEnv {
  Page(options: object): void;
  Component(options: object): unknown;
  Behavior(options: object): unknown;
}
export interface CodeSpace {
  getComponentSpace(): ComponentSpace;
  addStyleSheet(path: string, url: string): void;
  addCompiledTemplate(path: string, template: object): void;
  addComponentStaticConfig(path: string, json: object): void;
  componentEnv(path: string, run: (env: ComponentEnv) => void): void;
}
export interface Backend {
  registerStyleSheetContent(path: string, content: string): void;
  createRoot(tag: string, space: CodeSpace, path: string): Root;
}
interface Env {
  getGlobalCodeSpace(): CodeSpace;
  createCodeSpace(id: string, isMain: boolean): CodeSpace;
  associateBackend(context: object): Backend;
}
interface DispatchedEvent {
  defaultPrevented(): boolean;
}
interface Engine {
  globalOptions: { writeIdToDOM: boolean; writeExtraInfoToAttr: boolean };
  CurrentWindowBackendContext: new () => {
    onEvent(listener: (target: unknown, type: string, detail: unknown, options: object) => unknown): void;
  };
  Event: {
    new (type: string, detail: unknown, options: object): DispatchedEvent;
    dispatchEvent(target: unknown, event: DispatchedEvent): void;
  };
  EventBubbleStatus: { NoDefault: unknown; Normal: unknown };
  addGlobalErrorListener(listener: (error: Error) => boolean): void;
  addGlobalWarningListener(listener: () => boolean): void;
}

export const engine = glassEasel as unknown as Engine;
export const MiniProgramEnv = (adapter as unknown as { MiniProgramEnv: new () => Env }).MiniProgramEnv;

interface HostWindow {
  document: { createElement(tag: string): Dom; getElementById(id: string): Dom; title: string };
  setTimeout(run: () => void, ms: number): number;
  addEventListener(name: string, listener: (event: { error?: Error; message?: string; reason?: unknown }) => void): void;
  __program: Program;
  __host: Host;
  __report: Report;
}
export const page = globalThis as unknown as HostWindow & Record<string, unknown>;
