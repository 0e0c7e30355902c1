import { useEffect, useRef, useState } from 'react';
import type { TemplateView } from '../desk-client';
import { SuibanMark } from '../wechat/marks';
import { useWords } from '../words';

export interface Asked {
  readonly templates: readonly TemplateView[];
  readonly app: 'wechat' | 'alipay';
  readonly answer: (accepted: readonly string[]) => void;
}

/** The sheet of `requestSubscribeMessage`, WeChat's and Alipay's: refuse, or allow what is ticked. Escape refuses. */
export function SubscribePrompt({ asked }: { asked: Asked }) {
  const word = useWords();
  const [ticked, setTicked] = useState<readonly string[]>(asked.templates.map((template) => template.id));
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const toggle = (id: string): void => setTicked(ticked.includes(id) ? ticked.filter((other) => other !== id) : [...ticked, id]);
  return (
    <div className="sheet-ground">
      <div
        className="sheet"
        role="dialog"
        aria-modal="true"
        aria-labelledby="sheet-title"
        onKeyDown={(event) => {
          if (event.key === 'Escape') asked.answer([]);
        }}
      >
        <p className="sheet-from">
          <SuibanMark />
          {word('miniName')}
        </p>
        <h3 id="sheet-title">{word('askConsent')}</h3>
        <ul>
          {asked.templates.map((template) => (
            <li key={template.id}>
              <label>
                <input type="checkbox" checked={ticked.includes(template.id)} onChange={() => toggle(template.id)} />
                <span>
                  {template.title}
                  <small>{template.type === 3 ? word('longTerm') : word('once')}</small>
                </span>
              </label>
            </li>
          ))}
        </ul>
        <p className="sheet-note">{word('consentNote')}</p>
        <div className="sheet-actions">
          <button type="button" onClick={() => asked.answer([])}>
            {word('refuse')}
          </button>
          <button ref={first} type="button" className="is-main" disabled={ticked.length === 0} onClick={() => asked.answer(ticked)}>
            {word('allow')}
          </button>
        </div>
      </div>
    </div>
  );
}
