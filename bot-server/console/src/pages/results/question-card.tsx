import type { Bar, Question, QuestionAggregate } from '@suiban/shared/surveys';
import { Card } from 'antd';
import { useMemo } from 'react';
import { useLanguage, useWords } from '../../i18n/language';
import { Chart } from '../../ui/chart';
import { LineList } from '../../ui/line-list';
import { resultWords } from './results.words';

/** One question and what its answers add up to, in the chart that fits its kind. */
export function QuestionCard({ number, question, aggregate }: { number: number; question: Question; aggregate: QuestionAggregate }) {
  const w = useWords(resultWords);
  const { lang } = useLanguage();
  const title = (lang === 'en' ? question.title.en : undefined) ?? question.title.zh;
  return (
    <Card
      title={<span className="question-title">{`${number}. ${title}`}</span>}
      extra={<span className="hint">{w('answeredCount', { count: aggregate.answered })}</span>}
      style={{ height: '100%' }}
    >
      {question.sensitive ? <p className="hint">{w('withheld')}</p> : <Body title={title} aggregate={aggregate} />}
    </Card>
  );
}

const shown = (value: number | null): string => (value === null ? '—' : String(Math.round(value * 100) / 100));

function Body({ title, aggregate }: { title: string; aggregate: QuestionAggregate }) {
  const w = useWords(resultWords);
  switch (aggregate.form) {
    case 'options':
      return (
        <>
          <Bars title={title} bars={aggregate.bars} isHorizontal />
          {aggregate.otherTexts.length > 0 ? <Excerpts label={w('otherTexts')} texts={aggregate.otherTexts} /> : null}
        </>
      );
    case 'texts':
      return aggregate.answered === 0 ? (
        <p className="hint">{w('nobodyWrote')}</p>
      ) : (
        <Excerpts label={w('sample')} texts={aggregate.sample} />
      );
    case 'dates':
      return (
        <>
          <p className="hint">{w('dates', { from: aggregate.earliestOn ?? '—', to: aggregate.latestOn ?? '—' })}</p>
          <Bars title={title} bars={aggregate.bars} />
        </>
      );
    case 'numbers':
    case 'nps':
      return (
        <>
          <p className="hint">
            {aggregate.form === 'nps'
              ? w('nps', {
                  score: shown(aggregate.score),
                  promoters: aggregate.promoters,
                  passives: aggregate.passives,
                  detractors: aggregate.detractors,
                })
              : w('mean', {
                  mean: shown(aggregate.mean),
                  median: shown(aggregate.median),
                  lowest: shown(aggregate.lowest),
                  highest: shown(aggregate.highest),
                })}
          </p>
          <Bars title={title} bars={aggregate.bars} />
        </>
      );
  }
}

function Bars({ title, bars, isHorizontal = false }: { title: string; bars: readonly Bar[]; isHorizontal?: boolean }) {
  const w = useWords(resultWords);
  const { lang } = useLanguage();
  const texts = useMemo(
    () => bars.map((bar) => ({ name: bar.label[lang], text: w('countShare', { count: bar.count, share: (bar.share * 100).toFixed(0) }) })),
    [bars, lang, w],
  );
  const option = useMemo(() => {
    const names = {
      type: 'category' as const,
      data: texts.map(({ name }) => name),
      axisTick: { show: false },
      inverse: isHorizontal,
      axisLabel: { width: 150, overflow: 'truncate' as const },
    };
    const values = { type: 'value' as const, minInterval: 1, splitLine: { show: false }, axisLabel: { show: !isHorizontal } };
    return {
      grid: isHorizontal ? { left: 160, right: 88, top: 4, bottom: 4 } : { left: 40, right: 16, top: 20, bottom: 28 },
      xAxis: isHorizontal ? values : names,
      yAxis: isHorizontal ? names : values,
      tooltip: {},
      series: [
        {
          type: 'bar' as const,
          barMaxWidth: 24,
          itemStyle: { borderRadius: 4 },
          data: bars.map((bar, index) => ({
            value: bar.count,
            label: {
              show: true,
              position: isHorizontal ? ('right' as const) : ('top' as const),
              formatter: isHorizontal ? (texts[index]?.text ?? '') : String(bar.count),
            },
          })),
        },
      ],
    };
  }, [bars, texts, isHorizontal]);
  const label = w('chart', { title, parts: texts.map(({ name, text }) => `${name} ${text}`).join('; ') });
  return <Chart option={option} height={isHorizontal ? Math.max(96, bars.length * 34) : 200} label={label} />;
}

function Excerpts({ label, texts }: { label: string; texts: readonly string[] }) {
  return (
    <>
      <div className="hint">{label}</div>
      <LineList items={texts} step={8} itemKey={(text, at) => `${at} ${text}`} render={(text) => <span className="quoted">{text}</span>} />
    </>
  );
}
