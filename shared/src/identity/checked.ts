/** `value` is the normalised text. `detail` is shown to the user: what is wrong, where, how to go on. */
export type Checked<Rule extends string> =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly rule: Rule; readonly detail: string };
