import { Skeleton } from 'antd';
import type { EChartsOption } from 'echarts';
import { useEffect, useRef, useState } from 'react';
import { useColourMode } from '../layout/colour-mode';

interface ChartProps {
  option: EChartsOption;
  height: number;
  /** What the chart shows, in one sentence, for readers who do not see it. */
  label: string;
}

/** A lazily loaded chart that follows the colour mode and the reader's wish for less motion. */
export function Chart({ option, height, label }: ChartProps) {
  const holder = useRef<HTMLDivElement>(null);
  const { isDark, chartColours, ink2 } = useColourMode();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let isGone = false;
    let dispose: (() => void) | undefined;
    import('echarts').then((echarts) => {
      if (isGone || !holder.current) return;
      const chart = echarts.init(holder.current, isDark ? 'dark' : undefined, { renderer: 'svg' });
      const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
      chart.setOption({
        backgroundColor: 'transparent',
        color: [...chartColours],
        animation: !still,
        animationDuration: 200,
        textStyle: { fontFamily: 'inherit', color: ink2 },
        aria: { enabled: false },
        ...option,
      });
      const observer = new ResizeObserver(() => chart.resize());
      observer.observe(holder.current);
      setReady(true);
      dispose = () => {
        observer.disconnect();
        chart.dispose();
      };
    });
    return () => {
      isGone = true;
      dispose?.();
    };
  }, [option, isDark, chartColours, ink2]);
  return (
    <figure className="chart" style={{ minHeight: height }}>
      <div ref={holder} role="img" aria-label={label} style={{ height }} />
      {isReady ? null : <Skeleton active title={false} paragraph={{ rows: 4 }} className="chart-waiting" />}
    </figure>
  );
}
