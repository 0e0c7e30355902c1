const spoken = { 'aria-role': "''", 'aria-label': "''" };

/**
 * What each component passes on, kept short: WeChat's templates repeat every attribute on each of sixteen levels.
 * The build (templates) and the run time (property aliases) must merge the very same list, in the same order.
 */
export const ariaAttributes = {
  View: { ...spoken, 'aria-checked': "''", 'aria-selected': "''", 'aria-disabled': "''" },
  Input: spoken,
  Textarea: spoken,
  Picker: spoken,
};
