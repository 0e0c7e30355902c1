import { groupDigits } from '@suiban/shared/time';

export interface Bar {
  key: string;
  label: string;
  count: number;
  note?: string;
}

/** Counts as labelled bars against the largest: the funnel, the reach per channel. */
export function Bars({ bars, label }: { bars: readonly Bar[]; label: string }) {
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  return (
    <figure className="bars-figure" aria-label={label}>
      <dl className="bars">
        {bars.map((bar) => (
          <div key={bar.key}>
            <dt>{bar.label}</dt>
            <dd>
              <span className="bar-track" aria-hidden="true">
                <span style={{ width: `${(bar.count / most) * 100}%` }} />
              </span>
              <span className="bar-count">{groupDigits(bar.count)}</span>
              {bar.note ? <span className="hint">{bar.note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  );
}
