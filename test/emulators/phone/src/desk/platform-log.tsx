import { useState } from 'react';
import { SCROLLS_BY_KEY } from '../chat/chat-scroll';
import type { LogLine } from '../desk-client';

import { type Language, useWords } from '../words';
import { PlatformChoice, type Scope } from './platform-choice';
import { useLog } from './use-desk';

export function PlatformLog({ language, tick }: { language: Language; tick: number }) {
  const word = useWords();
  const { lines } = useLog(language, tick);
  const [filter, setFilter] = useState<Scope>('all');
  const shown = (lines ?? []).filter((line) => filter === 'all' || line.platform === filter || line.platform === 'desk');
  return (
    <section className="panel log" aria-labelledby="log-title">
      <div className="panel-head">
        <h2 id="log-title">{word('log')}</h2>
        <PlatformChoice value={filter} onPick={setFilter} />
      </div>
      {lines === null ? (
        <div className="log-wait" aria-hidden="true">
          <i />
          <i />
          <i />
        </div>
      ) : (
        <ol className="log-lines" {...SCROLLS_BY_KEY} aria-label={word('log')}>
          {shown.map((line) => (
            <Line key={line.seq} line={line} />
          ))}
          {shown.length === 0 ? <li className="log-empty">{word('logEmpty')}</li> : null}
        </ol>
      )}
    </section>
  );
}

function Line({ line }: { line: LogLine }) {
  const isBad = line.outcome === 'refused' || line.outcome === 'push-failed';
  const tone = isBad ? 'bad' : line.outcome === 'lost' ? 'warn' : line.outcome === 'set' ? 'set' : 'good';
  const [head = '', ...rest] = line.words.split(' — ');
  const time = new Intl.DateTimeFormat('zh-CN', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false }).format(
    new Date(line.at),
  );
  return (
    <li className={`log-line is-${tone}`}>
      <i className={`app-mark-${line.platform}`} aria-hidden="true" />
      <span className="log-what">{head}</span>
      <time dateTime={line.at}>{time}</time>
      <span className="log-answer">{rest.join(' — ')}</span>
    </li>
  );
}
