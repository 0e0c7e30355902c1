import type { CampaignCounts } from '@suiban/shared/api/campaigns';
import { deliveryStateWords } from '@suiban/shared/campaigns';
import { groupDigits } from '@suiban/shared/time';
import { useLanguage } from '../../i18n/language';

const terms = ['accepted', 'refused', 'unknown', 'suppressed', 'cancelled'] as const;
const colours: Record<(typeof terms)[number] | 'waiting', string> = {
  accepted: 'var(--good)',
  refused: 'var(--bad)',
  unknown: 'var(--warn)',
  suppressed: 'var(--ink-3)',
  cancelled: 'var(--chart-6)',
  waiting: 'var(--line)',
};
const waitingWords = { zh: '待发送', en: 'Waiting' };
const plannedWords = { zh: '应发', en: 'Planned' };

/** What waits is a term only while something does. */
const isShown = (part: { key: string; count: number }): boolean => part.key !== 'waiting' || part.count > 0;

/** 应发 = 平台已受理 + 发送失败 + 结果待核实 + 按规则不发 + 已取消, as a bar and as numbers. */
export function StateBar({ counts, isLarge = false }: { counts: CampaignCounts; isLarge?: boolean }) {
  const { lang } = useLanguage();
  const parts = [
    ...terms.map((term) => ({ key: term, label: deliveryStateWords[term][lang], count: counts[term], colour: colours[term] })),
    { key: 'waiting', label: waitingWords[lang], count: counts.waiting, colour: colours.waiting },
  ];
  const label = `${plannedWords[lang]} ${counts.planned}: ${parts.map((part) => `${part.label} ${part.count}`).join(', ')}`;
  return (
    <div>
      <div className={isLarge ? 'state-bar large' : 'state-bar'} role="img" aria-label={label}>
        {parts.map((part) =>
          part.count > 0 ? (
            <span key={part.key} style={{ flexGrow: part.count, background: part.colour }} title={`${part.label} ${part.count}`} />
          ) : null,
        )}
      </div>
      {isLarge ? (
        <dl className="state-bar-terms">
          <div>
            <dt>{plannedWords[lang]}</dt>
            <dd className="figure-value">{groupDigits(counts.planned)}</dd>
          </div>
          {parts.filter(isShown).map((part, index) => (
            <div key={part.key}>
              <dt>
                <i style={{ background: part.colour }} aria-hidden="true" />
                {index === 0 ? '= ' : '+ '}
                {part.label}
              </dt>
              <dd className="figure-value">{groupDigits(part.count)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
