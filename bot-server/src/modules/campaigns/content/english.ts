/** Channels say in Chinese what is wrong with a field; the English console says it by field and rule. */
const fieldNames: Readonly<Record<string, string>> = {
  templateId: 'Message template',
  data: 'Template fields',
  title: 'Title',
  subject: 'Subject',
  description: 'Text',
  summary: 'Summary',
  text: 'Text',
  buttonText: 'Button',
  signName: 'Signature',
  channel: 'Content',
  page: 'Page',
};

const ruleTexts: Readonly<Record<string, string>> = {
  required: 'must not be empty',
  bytes: 'is too long for the platform (counted in bytes)',
  length: 'is too long for the platform',
  characters: 'holds characters the platform does not take',
  format: 'does not fit the kind of the field',
  key: 'is not a field the template can have',
  count: 'holds too few or too many entries',
  mode: 'may hold only single-choice questions here',
  options: 'has too few or too many options',
  'option-length': 'has an option that is too long',
  channel: 'does not belong to this channel',
};

/** `data/thing1` + `format` → `Field thing1 does not fit the kind of the field`. */
export function problemInEnglish(field: string, rule: string): string {
  const [head = '', ...rest] = field.split('/');
  const isCard = head === 'card' && rest[0] === 'questions';
  const name = isCard
    ? `Question card${rest[1] === undefined ? '' : `, question ${Number(rest[1]) + 1}`}`
    : head === 'data' && rest[0] !== undefined
      ? `Field ${rest[0]}`
      : (fieldNames[head] ?? head);
  return `${name} ${ruleTexts[rule] ?? `breaks the platform's rule “${rule}”`}`;
}
