import { campaignProblems } from './campaigns';
import { conversationProblems } from './conversations';
import { enterpriseProblems } from './enterprises';
import { identityProblems } from './identity';
import { kernelProblems } from './kernel';
import { surveyProblems } from './surveys';
import { workOrderProblems } from './work-orders';

/** Every problem the server can answer, by `<module>:<name>`. RFC 9457 `type` is `urn:problem:<module>:<name>`. */
export const problemTypes = {
  ...kernelProblems,
  ...identityProblems,
  ...enterpriseProblems,
  ...surveyProblems,
  ...campaignProblems,
  ...workOrderProblems,
  ...conversationProblems,
} as const;

export type ProblemType = keyof typeof problemTypes;

export const problemUrn = (type: ProblemType): string => `urn:problem:${type}`;
