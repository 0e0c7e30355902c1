import { cityApi, type PublicCity } from '@suiban/shared/api/city';
import { browserPlatforms } from '@suiban/shared/api/identity';
import { type Route, route } from '../../kernel/http/route';
import type { Deps } from '../module';
import { isDemoAllowed } from './demo';

function publicCity(deps: Deps): PublicCity {
  const { city } = deps;
  return {
    id: city.id,
    name: city.name,
    nameEn: city.nameEn,
    productName: city.productName,
    cityCodeName: city.cityCodeName,
    hotline: city.hotline,
    timeZone: city.timeZone,
    primaryColour: city.primaryColour,
    footer: { ...city.footer },
    districts: city.districts.map(({ code, name, nameEn, subdistricts }) => ({ code, name, nameEn, subdistricts: [...subdistricts] })),
    bureaus: city.bureaus.map(({ id, name, nameEn }) => ({ id, name, nameEn })),
    matters: city.matters.map(({ id, name, bureauId }) => ({ id, name, bureauId })),
    browserSignIns: browserPlatforms.filter((platform) => deps.channels.find(platform, 'default')?.authorizeUrl !== undefined),
    isDemo: isDemoAllowed(deps),
  };
}

export const cityRoutes = (deps: Deps): readonly Route[] => [
  route(cityApi.getCity, async () => publicCity(deps)),
  route(cityApi.getCityForPhone, async () => publicCity(deps)),
];
