import { maskCreditCode } from '@suiban/shared/identity';
import type { FirmFace } from '../faces.repo';
import type { OrderRow } from '../orders.repo';

/** What the firm shows of itself to officials: 公开 / 仅公开行业和区 / 不公开 (the district stays: orders are routed by it). */
export function shownFirm(order: Pick<OrderRow, 'name_visibility' | 'district_code'>, firm: FirmFace | undefined) {
  const districtCode = order.district_code;
  if (!firm || order.name_visibility === 'hidden') {
    return { id: null, name: null, creditCodeMasked: null, industryCode: '', districtCode, sizeClass: null };
  }
  const industryCode = firm.industry_code;
  if (order.name_visibility === 'industry-district') {
    return { id: null, name: null, creditCodeMasked: null, industryCode, districtCode, sizeClass: null };
  }
  const creditCodeMasked = maskCreditCode(firm.credit_code);
  return { id: firm.enterprise_id, name: firm.name, creditCodeMasked, industryCode, districtCode, sizeClass: firm.size_class };
}
