import type { SurveyDocument } from '@suiban/shared/surveys';
import type { Tx } from '../../kernel/db/database';
import { publishedVersion } from '../questionnaires';

/** Published versions never change, and the engine compiles the rules of a document object once: so the objects are kept. */
const held = new Map<string, SurveyDocument>();
const most = 60;

/** The document a campaign asks with. */
export async function documentOf(tx: Tx, of: { questionnaire_id: string; questionnaire_version: number }): Promise<SurveyDocument> {
  const name = `${of.questionnaire_id} ${of.questionnaire_version}`;
  const known = held.get(name);
  if (known) return known;
  const found = await publishedVersion(tx, of.questionnaire_id, of.questionnaire_version);
  if (!found) throw new Error(`campaign asks with questionnaire ${name}, which is not published`);
  held.set(name, found.document);
  const [oldest] = held.keys();
  if (held.size > most && oldest !== undefined) held.delete(oldest);
  return found.document;
}
