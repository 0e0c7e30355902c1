import { groupDigits } from '@suiban/shared/time';
import { Card, Flex } from 'antd';

interface FigureProps {
  label: string;
  value: number;
  /** Said beside the value: “较昨日 +12”. */
  note?: string;
  /** Oldest first. */
  series?: readonly number[];
}

/** A number an official answers for, with its last days as a line. */
export function Figure({ label, value, note, series }: FigureProps) {
  return (
    <Card size="small" className="figure">
      <div className="hint">{label}</div>
      <Flex justify="space-between" align="flex-end" gap={12}>
        <div>
          <div className="figure-value">{groupDigits(value)}</div>
          {note ? <div className="hint">{note}</div> : null}
        </div>
        {series ? <Sparkline values={series} /> : null}
      </Flex>
    </Card>
  );
}

const width = 96;
const height = 32;

function Sparkline({ values }: { values: readonly number[] }) {
  const top = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = 2 + (index / Math.max(1, values.length - 1)) * (width - 4);
    return `${x.toFixed(1)},${(height - 3 - (value / top) * (height - 6)).toFixed(1)}`;
  });
  return (
    <svg width={width} height={height} aria-hidden="true">
      <polyline points={points.join(' ')} fill="none" stroke="var(--primary)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={points.at(-1)?.split(',')[0]} cy={points.at(-1)?.split(',')[1]} r="2.5" fill="var(--primary)" />
    </svg>
  );
}
