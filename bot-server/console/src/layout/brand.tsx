import type { PublicCity } from '@suiban/shared/api/city';
import { useLanguage } from '../i18n/language';

/** A neutral mark, no emblem: two joined strokes for the two ends of one service. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 28 28" aria-hidden="true">
      <rect width="28" height="28" rx="8" fill="var(--primary)" />
      <path
        d="M7 15.5l4.2 4.2L21 9.5"
        fill="none"
        stroke="var(--on-primary)"
        strokeWidth="2.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Brand({ city, isFolded }: { city: PublicCity; isFolded?: boolean }) {
  const { lang } = useLanguage();
  return (
    <div className="shell-brand">
      <Mark />
      <span className={isFolded ? 'visually-hidden' : undefined}>
        {lang === 'zh' ? city.productName : 'Suiban'}
        <small>{lang === 'zh' ? `${city.name} · 管理台` : `${city.nameEn} · Console`}</small>
      </span>
    </div>
  );
}
