/**
 * What `my.requestSubscribeMessage` gives: a refusal is a success of the call, a cancel its failure 11.
 * @see https://opendocs.alipay.com/mini/api/requestSubscribeMessage (read 2026-11)
 */
interface Answer {
  readonly [templateId: string]: unknown;
  readonly result?: { readonly currentSubscribedEntityIds?: readonly string[]; readonly subscribedEntityIds?: readonly string[] };
}

/** More are refused with 203. */
export const templatesAtOnce = 3;
const cancelled = 11;

/** By template; older versions of the client say it in lists only, the newest of which holds this prompt's answers. */
export function answersOf(templateIds: readonly string[], answer: unknown): Readonly<Record<string, 'accept' | 'reject'>> {
  const given = (typeof answer === 'object' && answer !== null ? answer : {}) as Answer;
  const listed = given.result?.currentSubscribedEntityIds ?? given.result?.subscribedEntityIds ?? [];
  const isAccepted = (id: string) => (typeof given[id] === 'string' ? given[id] === 'accept' : listed.includes(id));
  return Object.fromEntries(templateIds.map((id) => [id, isAccepted(id) ? 'accept' : 'reject'] as const));
}

/** Closing the prompt answers nothing: as if all were refused. Any other failure is one. */
export const isCancel = (reason: unknown): boolean =>
  typeof reason === 'object' && reason !== null && Number((reason as { error?: unknown }).error) === cancelled;
