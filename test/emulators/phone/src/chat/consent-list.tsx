import type { TemplateView } from '../desk-client';
import { useWords } from '../words';
import { SCROLLS_BY_KEY } from './chat-scroll';

interface ConsentProps {
  readonly templates: readonly TemplateView[];
  readonly onAllow: (template: TemplateView) => void;
  readonly onTurnOff: (template: TemplateView) => void;
}

/** Which messages the person has allowed, and how often each may still come. */
export function ConsentList({ templates, onAllow, onTurnOff }: ConsentProps) {
  const word = useWords();
  return (
    <ul className="consent-list" {...SCROLLS_BY_KEY} aria-label={word('consent')}>
      {templates.map((template) => (
        <li key={template.id}>
          <b>{template.title}</b>
          <small>
            {template.type === 3 ? word('longTerm') : word('once')}
            {template.type === 2 ? ` · ${word('left')} ${template.left} ${word('times')}` : template.left > 0 ? ` · ${word('allow')}` : ''}
          </small>
          <span className="consent-actions">
            <button type="button" onClick={() => onAllow(template)}>
              {template.type === 3 ? word('allowLong') : word('allowMore')}
            </button>
            <button type="button" disabled={template.left === 0} onClick={() => onTurnOff(template)}>
              {word('turnOff')}
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}
