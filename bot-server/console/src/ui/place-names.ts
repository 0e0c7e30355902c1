import { useLanguage } from '../i18n/language';
import { useSession } from '../layout/session';

/** Districts and bureaus by the city's own names, in the reader's language. */
export function usePlaceNames() {
  const { lang } = useLanguage();
  const { city } = useSession();
  const nameOf = (found: { readonly name: string; readonly nameEn: string } | undefined) => (lang === 'zh' ? found?.name : found?.nameEn);
  return {
    district: (code: string): string => nameOf(city.districts.find((each) => each.code === code)) ?? code,
    bureau: (id: string): string | undefined => nameOf(city.bureaus.find((each) => each.id === id)),
  };
}
