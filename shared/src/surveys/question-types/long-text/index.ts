import { record } from '../../reading';
import { type WrittenConfig, written, writtenFields } from '../written';

const longest = 2000;

export type LongTextConfig = WrittenConfig;

/** 问答题: words over several lines. */
export const longText = written({
  kind: 'longText',
  name: { zh: '问答题', en: 'Long text' },
  longest,
  config: record<LongTextConfig>(writtenFields(longest)),
  newConfig: {} as LongTextConfig,
  sample: (config, at) => `演示意见${at}：希望流程再简化一些。`.padEnd(config.minLength ?? 0, '。').slice(0, config.maxLength ?? longest),
});
