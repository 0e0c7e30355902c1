import type { RuleDocument, RuleNode } from '../../rules';

interface Reference {
  readonly questionId: string;
  /** Pointer of the condition inside the rule document. */
  readonly pointer: string;
}

function ofNode(node: RuleNode, pointer: string): readonly Reference[] {
  if ('all' in node) return node.all.flatMap((each, at) => ofNode(each, `${pointer}/all/${at}`));
  if ('any' in node) return node.any.flatMap((each, at) => ofNode(each, `${pointer}/any/${at}`));
  if ('not' in node) return ofNode(node.not, `${pointer}/not`);
  return [{ questionId: node.attribute, pointer }];
}

/** Every question that a rule asks about, with the place where it does. */
export const referencesOf = (rule: RuleDocument): readonly Reference[] => ofNode(rule.when, '/when');

function operandsIn(node: RuleNode, questionId: string): readonly (string | number)[] {
  if ('all' in node) return node.all.flatMap((each) => operandsIn(each, questionId));
  if ('any' in node) return node.any.flatMap((each) => operandsIn(each, questionId));
  if ('not' in node) return operandsIn(node.not, questionId);
  if (node.attribute !== questionId || node.value === undefined) return [];
  const operands = typeof node.value === 'object' ? node.value : [node.value];
  return operands.filter((each): each is string | number => typeof each !== 'boolean');
}

/** Every value that a rule compares the question's answer with. */
export const operandsOf = (rule: RuleDocument, questionId: string): readonly (string | number)[] => operandsIn(rule.when, questionId);
