import { refuse } from '../../question-type';
import { oneOf, optional, record } from '../../reading';
import { type WrittenConfig, written, writtenFields } from '../written';

const longest = 200;
const formats = ['mobile', 'email'] as const;

export interface TextConfig extends WrittenConfig {
  /** What the words have to be. */
  readonly format?: (typeof formats)[number];
}

const patterns = {
  mobile: { pattern: /^1[3-9]\d{9}$/, zh: '请填写 11 位手机号码', en: 'must be a mobile number of 11 digits' },
  email: { pattern: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, zh: '请填写电子邮箱，例如 name@example.com', en: 'must be an e-mail address' },
} as const;

/** 填空题: one line of words. */
export const text = written({
  kind: 'text',
  name: { zh: '填空题', en: 'Short text' },
  longest,
  config: record<TextConfig>({ ...writtenFields(longest), format: optional(oneOf(formats)) }),
  newConfig: {} as TextConfig,
  checkText(config, clean) {
    if (/\n/.test(clean)) return refuse('one-line', '请写在一行内', 'must be one line');
    const rule = config.format ? patterns[config.format] : undefined;
    return rule && !rule.pattern.test(clean) ? refuse('format', rule.zh, rule.en) : { ok: true, answer: clean };
  },
  sample(config, at) {
    if (config.format === 'mobile') return `1380000${String(at % 10000).padStart(4, '0')}`;
    if (config.format === 'email') return `demo${at}@example.com`;
    return `演示回答${at}`.padEnd(config.minLength ?? 0, '。').slice(0, config.maxLength ?? longest);
  },
});
