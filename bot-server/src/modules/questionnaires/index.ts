import type { Tx } from '../../kernel/db/database';
import type { Deps, Module } from '../module';
import { permissions } from './questionnaires.policy';
import { findVersion, type PublishedVersion } from './questionnaires.repo';
import { questionnaireRoutes } from './questionnaires.routes';

export { publishQuestionnaire } from './publish-questionnaire';
export type { PublishedVersion } from './questionnaires.repo';
export { createQuestionnaire } from './save-questionnaire';

/** Versioned questionnaire documents: drafts that bureaus edit, versions that never change. */
export const questionnairesModule = (deps: Deps): Module => ({ name: 'questionnaires', routes: questionnaireRoutes(deps), permissions });

/** The immutable document of a published version; undefined when there is none. */
export const publishedVersion = (tx: Tx, questionnaireId: string, version: number): Promise<PublishedVersion | undefined> =>
  findVersion(tx, questionnaireId, version);
