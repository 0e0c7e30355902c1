import { createHash } from 'node:crypto';
import { DomainError } from '@suiban/shared/errors';
import { canonicalJson, parseDocument, questionsOf, type SurveyDocument } from '@suiban/shared/surveys';

/** What came in as a document, parsed by the engine. @throws DomainError surveys:invalid-document naming each place and rule */
export function readDocument(input: unknown): SurveyDocument {
  const parsed = parseDocument(input, '/body/document');
  if (parsed.ok) return parsed.document;
  throw new DomainError('surveys:invalid-document', '问卷内容有不符合格式的地方，请按提示修改后再保存', {
    errors: parsed.errors.slice(0, 50).map(({ pointer, detail }) => ({ pointer, detail: detail.zh })),
  });
}

/** SHA-256 of the canonical text: equal documents, equal hash. Hex. */
export const hashOf = (document: SurveyDocument): string => createHash('sha256').update(canonicalJson(document)).digest('hex');

export const titleOf = (document: SurveyDocument): string => document.title.zh.trim() || '未命名问卷';

export const countOf = (document: SurveyDocument): number => questionsOf(document).length;
