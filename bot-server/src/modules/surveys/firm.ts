import type { AnswerRow } from './submissions.repo';

/** What the firm decided to show of itself beside its answers: 公开 / 仅公开行业和区 / 不公开. */
export function shownFirm(row: Pick<AnswerRow, 'name_visibility' | 'enterprise_name' | 'district_code' | 'industry_code' | 'size_class'>) {
  if (row.name_visibility === 'hidden') return { enterpriseName: null, districtCode: '', industryCode: '', sizeClass: null };
  const { district_code: districtCode, industry_code: industryCode } = row;
  if (row.name_visibility === 'industry-district') return { enterpriseName: null, districtCode, industryCode, sizeClass: null };
  return { enterpriseName: row.enterprise_name, districtCode, industryCode, sizeClass: row.size_class };
}
