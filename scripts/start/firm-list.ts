import { sandboxAccounts, sandboxPersonas } from '@suiban/shared/sandbox';
import { loadCity } from '../../bot-server/src/config/load-city';
import { seededRandom } from '../../bot-server/src/modules/enterprises/generator/random';
import { type SyntheticFirm, syntheticFirm, syntheticMobile } from '../../bot-server/src/modules/enterprises/generator/synthetic-firm';

/** One line of the demo's list: a firm and how its agent can be reached. */
export interface ListedFirm extends SyntheticFirm {
  readonly contact: string;
  readonly mobile: string | null;
  readonly openid: string | null;
  readonly wecom: { readonly corpId: string; readonly userId: string } | null;
}

export const creditsEach = 3;
const restaurants = ['6210', '6210', '6220'];
const kinds = ['wecom', 'mobile', 'openid', 'mobile', 'mobile', 'wecom', 'mobile', 'mobile'] as const;

type Reach = Pick<ListedFirm, 'contact' | 'mobile' | 'openid' | 'wecom'>;

function reachOf(serial: number): Reach {
  const kind = kinds[serial % kinds.length];
  const corp = sandboxAccounts.wecom.linkedCorps[serial % sandboxAccounts.wecom.linkedCorps.length];
  const code = String(serial).padStart(5, '0');
  return {
    contact: `演示联系人${serial}`,
    mobile: kind === 'openid' ? null : syntheticMobile(50_000 + serial),
    openid: kind === 'openid' ? `oDemoAgent${code}000000000` : null,
    wecom: kind === 'wecom' && corp ? { corpId: corp.corpId, userId: `u.demo${code}` } : null,
  };
}

/** The firms of the made-up city that a first start shows, the same every time: those of the sandbox's people first. `scale` 1 = all. */
export function demoFirms(cityFile: string, scale = 1, seed = 20_261_124): readonly ListedFirm[] {
  const city = loadCity(cityFile);
  const random = seededRandom(seed);
  const places = { districts: city.districts, mark: city.demoEnterprisePrefix };
  const [near = '', next = ''] = city.districts.map(({ code }) => code);
  let serial = 0;
  const firms = (count: number, districtCodes: readonly string[], industryCodes?: readonly string[]): ListedFirm[] =>
    Array.from({ length: Math.ceil(count * scale) }, (_, index) => {
      serial += 1;
      const chosen = {
        districtCode: districtCodes[index % districtCodes.length],
        industryCode: industryCodes?.[index % industryCodes.length],
      };
      return { ...syntheticFirm(random, places, chosen), ...reachOf(serial) };
    });
  const agents = sandboxPersonas.filter(({ role }) => role === 'agent');
  const known = agents.map((persona): ListedFirm => {
    const firm = syntheticFirm(random, places, { districtCode: near, industryCode: '6210', name: persona.firm });
    return { ...firm, contact: persona.name, mobile: persona.mobile, openid: persona.openid, wecom: persona.wecom };
  });
  const elsewhere = city.districts.slice(2).map(({ code }) => code);
  return [...known, ...firms(260, [near], restaurants), ...firms(160, [next], restaurants), ...firms(180, elsewhere)];
}

const header =
  '统一社会信用代码,企业名称,行业代码,区,街镇,从业人数,营业收入（万元）,资产总额（万元）,标签,联系人,手机号,企业微信企业ID,企业微信成员ID,小程序openid,已授权次数';

/** As a list that an office would upload. Names and tags of the generator hold neither commas nor quotes. */
export const asCsv = (firms: readonly ListedFirm[]): string =>
  [
    header,
    ...firms.map((firm) =>
      [
        firm.creditCode,
        firm.name,
        firm.industryCode,
        firm.districtCode,
        firm.subdistrict ?? '',
        firm.staffCount,
        firm.annualRevenueWan,
        firm.totalAssetsWan,
        firm.tags.join('；'),
        firm.contact,
        firm.mobile ?? '',
        firm.wecom?.corpId ?? '',
        firm.wecom?.userId ?? '',
        firm.openid ?? '',
        firm.openid ? creditsEach : '',
      ].join(','),
    ),
    '',
  ].join('\n');
