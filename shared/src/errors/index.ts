export { DomainError, type FieldError } from './domain-error';
export { type ProblemType, problemTypes, problemUrn } from './problem-types';
