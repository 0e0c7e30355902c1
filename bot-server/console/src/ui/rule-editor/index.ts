export { RuleEditor, ruleSentence } from './rule-editor';
export { emptyRule, registryOf } from './rule-tree';
