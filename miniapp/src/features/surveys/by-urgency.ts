import type { SurveyToAnswer } from '@/api/surveys';

/** The nearest deadline first; those without one after them, a draft that was begun before one that was not. */
export function byUrgency<T extends Pick<SurveyToAnswer, 'closesAt' | 'draftProgress'>>(surveys: readonly T[]): T[] {
  const closing = (each: T) => (each.closesAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(each.closesAt));
  return [...surveys].sort((a, b) => closing(a) - closing(b) || (b.draftProgress ?? -1) - (a.draftProgress ?? -1));
}
