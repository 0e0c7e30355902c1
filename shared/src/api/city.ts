import { z } from 'zod';
import { operation } from './define';
import { browserPlatforms } from './identity';

/** What every screen needs to know about the city before anyone signs in. */
export const publicCity = z.object({
  id: z.string(),
  name: z.string(),
  nameEn: z.string(),
  productName: z.string(),
  cityCodeName: z.string(),
  hotline: z.string(),
  timeZone: z.string(),
  primaryColour: z.string(),
  footer: z.object({ recordNumber: z.string(), operator: z.string() }),
  districts: z.array(z.object({ code: z.string(), name: z.string(), nameEn: z.string(), subdistricts: z.array(z.string()) })),
  bureaus: z.array(z.object({ id: z.string(), name: z.string(), nameEn: z.string() })),
  matters: z.array(z.object({ id: z.string(), name: z.string(), bureauId: z.string() })),
  /** Which browsers can sign in by themselves: inside these apps. */
  browserSignIns: z.array(z.enum(browserPlatforms)),
  /** True where the data is synthetic and demo officials exist: every page then wears 演示数据. */
  isDemo: z.boolean(),
});

const read = (id: string, path: string) =>
  operation({
    id,
    method: 'get',
    path,
    summary: '城市信息',
    auth: 'anonymous',
    permission: 'public',
    rate: 'public-read',
    response: publicCity,
  });

export const cityApi = {
  getCity: read('getCity', '/api/city'),
  getCityForPhone: read('getCityForPhone', '/api/m/city'),
};

export type PublicCity = z.output<typeof publicCity>;
