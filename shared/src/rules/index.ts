export {
  type Attribute,
  type AttributeOption,
  type AttributeRegistry,
  type AttributeType,
  type AttributeValue,
  type AttributeValues,
  attributeRegistry,
  type Labels,
  valuesFromRow,
} from './attributes';
export { checkRule, type RuleFinding } from './check-rule';
export { compileClosure, type RuleTest } from './compile-closure';
export { type CompiledSql, compileSql, type SqlValue } from './compile-sql';
export { describeRule } from './describe';
export {
  type AllGroup,
  type AnyGroup,
  type Condition,
  type NotGroup,
  type Operator,
  type Outcome,
  operators,
  type RuleDocument,
  type RuleNode,
  type RuleValue,
  ruleLimits,
  type Scalar,
} from './document';
export { compileEvaluator, type Evaluation, evaluate, type Miss, type Reason, type Verdict } from './evaluate';
export { type OperandShape, operandShapeOf, operatorsOf } from './operators';
export { type ParsedRule, parseRule } from './parse-rule';
export { RuleDefect } from './resolve';
