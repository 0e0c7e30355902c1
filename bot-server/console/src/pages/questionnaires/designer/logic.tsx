import { questionsOf } from '@suiban/shared/surveys';
import { Empty } from 'antd';
import { useMemo } from 'react';
import { useLanguage, useWords } from '../../../i18n/language';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { askedIn, numberOf } from './document-edits';
import { sentencesOf } from './logic-sentences';

const rowPx = 28;
const axisX = 28;

/** All conditions: a graph (an arc from the question that is asked to the one that is shown) and the same in sentences. */
export function Logic() {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const { editor } = useDesigner();
  const { document } = editor;
  const sentences = useMemo(() => sentencesOf(document, lang), [document, lang]);
  if (sentences.size === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w('noLogic')} />;
  return (
    <>
      <Graph />
      <ul className="plain-list logic-list">
        {[...sentences].map(([id, sentence]) => (
          <li key={id}>
            <button type="button" className="finding" onClick={() => editor.select({ of: 'question', questionId: id })}>
              <span>{sentence === null ? w('brokenCondition') : w('logicSentence', { sentence, number: numberOf(document, id) })}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function Graph() {
  const w = useWords(designerWords);
  const { editor } = useDesigner();
  const all = questionsOf(editor.document);
  const edges = all.flatMap((question) =>
    question.showIf ? [...new Set(askedIn(question.showIf.when))].map((from) => ({ from, to: question.id })) : [],
  );
  const involved = all.filter((each) => edges.some((edge) => edge.from === each.id || edge.to === each.id));
  const yOf = new Map(involved.map((each, at) => [each.id, 14 + at * rowPx]));
  const current = editor.selection.of === 'question' ? editor.selection.questionId : null;
  return (
    <svg className="logic-graph" width="100%" height={involved.length * rowPx} role="img" aria-label={w('logicGraph')}>
      {edges.map(({ from, to }) => {
        const [y1, y2] = [yOf.get(from), yOf.get(to)];
        if (y1 === undefined || y2 === undefined) return null;
        const bend = axisX - Math.min(26, 8 + Math.abs(y2 - y1) / 6);
        const isCurrent = from === current || to === current;
        return (
          <path
            key={`${from} ${to}`}
            className={isCurrent ? 'logic-edge current' : 'logic-edge'}
            d={`M ${axisX} ${y1} C ${bend} ${y1}, ${bend} ${y2}, ${axisX} ${y2}`}
          />
        );
      })}
      {involved.map((each) => (
        <g key={each.id}>
          <circle className={each.id === current ? 'logic-dot current' : 'logic-dot'} cx={axisX} cy={yOf.get(each.id)} r={5} />
          <text className="logic-text" x={axisX + 14} y={(yOf.get(each.id) ?? 0) + 4}>
            {numberOf(editor.document, each.id)}. {each.title.zh.slice(0, 20)}
          </text>
        </g>
      ))}
    </svg>
  );
}
