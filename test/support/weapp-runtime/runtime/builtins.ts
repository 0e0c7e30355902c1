import { type CodeSpace, type Dom, type Instance, page } from './engine';

const plain =
  'view text scroll-view swiper swiper-item rich-text icon progress cover-view cover-image navigator canvas video web-view label form ' +
  'picker-view picker-view-column slider movable-area movable-view root-portal match-media page-container map button';

interface Definition {
  properties?: Record<string, unknown>;
  lifetimes?: { attached(this: Instance): void };
}

/** The platform's built-in components, as far as Taro's output needs them: hosts with a slot, fields with a native node inside. */
export function defineBuiltins(base: CodeSpace, space: CodeSpace): void {
  const { attributes, slot } = page.__program;
  const define = (tag: string, { properties = {}, lifetimes }: Definition = {}) => {
    const all: Record<string, unknown> = { ...properties };
    for (const name of attributes[`wx-${tag}`] ?? []) if (!(name in all)) all[name] = null;
    const definition = base.getComponentSpace().defineComponent({
      is: `wx-${tag}`,
      options: { writeIdToDOM: true },
      properties: all,
      template: slot,
      lifetimes: { attached: spokenAs(lifetimes?.attached) },
    });
    space.getComponentSpace().setGlobalUsingComponent(`wx-${tag}`, definition);
  };
  for (const tag of plain.split(' ')) define(tag);
  const field = { value: String, placeholder: String, type: String, disabled: Boolean, maxlength: Number };
  define('input', { properties: field, lifetimes: { attached: fieldOf('input') } });
  define('textarea', { properties: field, lifetimes: { attached: fieldOf('textarea') } });
  define('image', { properties: { src: String, mode: String }, lifetimes: { attached: imageAttached } });
  define('picker', { properties: { mode: String, range: Array, value: null, disabled: Boolean }, lifetimes: { attached: pickerAttached } });
}

/** Puts the aria attributes of the first drawing on the node, so that a test can ask for a role or a label. */
const spokenAs = (attached: ((this: Instance) => void) | undefined) =>
  function (this: Instance) {
    for (const [property, attribute] of [
      ['ariaRole', 'role'],
      ['ariaLabel', 'aria-label'],
    ] as const) {
      const value = this.data[property];
      if (typeof value === 'string' && value !== '') this.$$.setAttribute(attribute, value);
    }
    attached?.call(this);
  };

const fieldOf = (tag: string) =>
  function (this: Instance) {
    const node = page.document.createElement(tag);
    node.value = String(this.data.value ?? '');
    node.placeholder = String(this.data.placeholder ?? '');
    node.disabled = Boolean(this.data.disabled);
    this.$$.appendChild(node);
    const fire = (name: string, detail: object) => this.triggerEvent(name, detail, { bubbles: true });
    node.addEventListener('input', (event) => {
      event.stopPropagation();
      this.data.value = node.value;
      fire('input', { value: node.value, cursor: node.selectionStart, keyCode: 0 });
    });
    node.addEventListener('focus', () => fire('focus', { value: node.value, height: 0 }));
    node.addEventListener('blur', () => fire('blur', { value: node.value }));
  };

function imageAttached(this: Instance) {
  const node = page.document.createElement('img');
  node.src = String(this.data.src ?? '');
  this.$$.appendChild(node);
}

/** The platform's wheel cannot be drawn: a test calls `__pick` on the node with the value it would answer. */
function pickerAttached(this: Instance) {
  const node = this.$$ as Dom & { __pick?: (value: string | number) => void };
  node.__pick = (value) => this.triggerEvent('change', { value });
}
