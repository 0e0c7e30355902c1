import type { Intent } from '../intent';
import type { Deps } from '../module';
import { helpText, waitingText } from './replies';

export const operatorIntent = 'conversations.operator';
export const helpIntent = 'conversations.help';

/** What the module itself answers. The engine moves the conversation for `operatorIntent`. */
export const ownIntents = (deps: Deps, intents: () => readonly Intent[]): readonly Intent[] => [
  {
    name: operatorIntent,
    label: { zh: '人工服务', en: 'Talk to a person' },
    hint: { zh: '转接工作人员', en: 'Be connected with staff' },
    phrases: ['人工'],
    handle: async () => [waitingText(0)],
  },
  {
    name: helpIntent,
    label: { zh: '帮助', en: 'Help' },
    hint: { zh: '查看能办理的事项', en: 'See what can be done here' },
    phrases: ['帮助'],
    handle: async () => [helpText(deps, intents())],
  },
];
