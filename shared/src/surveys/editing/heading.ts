import type { LocalText } from '../../words';
import type { SurveyDocument, SurveyHeading } from '../document';

/** What a firm is told about its answers (domain of official surveys), with who uses them and until when they are kept (`YYYY-MM-DD`). */
export const noticeText = (given: { issuingBody: string; keptUntilOn: string }): LocalText => ({
  zh:
    '自愿填写，不作为执法检查、信用评价依据。请勿填写国家秘密、工作秘密；涉及商业秘密的内容请谨慎填写。' +
    `答卷仅供${given.issuingBody}改进服务使用，保存至${given.keptUntilOn}。`,
  en:
    'Answering is voluntary and is no basis for inspections or credit ratings. Do not write state or work secrets; be careful with trade secrets. ' +
    `Answers are used by ${given.issuingBody} to improve its services only, and kept until ${given.keptUntilOn}.`,
});

/** Fields of the heading that are still empty; an exempt form needs its reason. Empty list = complete. */
export function missingHeadingFields(heading: SurveyHeading): readonly string[] {
  const needed = heading.exempt
    ? { reason: heading.reason }
    : {
        tableNumber: heading.tableNumber,
        issuingBody: heading.issuingBody,
        approvalNumber: heading.approvalNumber,
        validUntilOn: heading.validUntilOn,
      };
  return Object.entries(needed).flatMap(([field, value]) => (value.trim() === '' ? [field] : []));
}

/** An empty form for the designer. */
export const newDocument = (): SurveyDocument => ({
  v: 1,
  title: { zh: '' },
  intro: { zh: '' },
  heading: { tableNumber: '', issuingBody: '', approvalNumber: '', validUntilOn: '' },
  notice: { zh: '' },
  minutes: 3,
  languages: ['zh'],
  nameVisibility: { default: 'industry-district' },
  pages: [{ id: 'p1', questions: [] }],
});
