import { type AttributeRegistry, checkRule, describeRule, RuleDefect, type RuleDocument } from '@suiban/shared/rules';
import type { Lang } from '@suiban/shared/text';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage, useWords } from '../../i18n/language';
import { ruleWords } from './rule-editor.words';
import type { RuleEditorProps } from './rule-editor-props';
import { RuleGroup } from './rule-group';
import { groupOf, hasUnfinished, normalised } from './rule-tree';
import './rule-editor.css';

/** The rule as one sentence, or null where it does not fit the registry yet. */
export function ruleSentence(rule: RuleDocument, registry: AttributeRegistry, lang: Lang): string | null {
  try {
    return describeRule(rule, registry, lang);
  } catch (defect) {
    if (defect instanceof RuleDefect) return null;
    throw defect;
  }
}

/** Edits a rule document over any registry: conditions in groups, checked as they are written, said in one sentence below. */
export function RuleEditor({ rule, onChange, registry, label, emptyText, sentencePrefix, isReadOnly }: RuleEditorProps) {
  const w = useWords(ruleWords);
  const { lang } = useLanguage();
  const root = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const focusNext = useRef<string | null>(null);
  const shown = useMemo(() => normalised(rule), [rule]);
  const findings = useMemo(() => checkRule(shown, registry), [shown, registry]);
  useEffect(() => {
    if (focusNext.current === null || !shown) return;
    const places = [...(root.current?.querySelectorAll<HTMLElement>('[data-rule-focus]') ?? [])];
    const place = places.find((each) => each.dataset.ruleFocus === focusNext.current);
    focusNext.current = null;
    (place?.matches('button') ? place : place?.querySelector<HTMLElement>('input, button'))?.focus();
  }, [shown]);
  const isEmpty = groupOf(shown.when).nodes.length === 0;
  const isOpen = hasUnfinished(shown.when);
  const sentence = isOpen ? null : ruleSentence(shown, registry, lang);
  return (
    <div className="rule-editor" ref={root}>
      {isReadOnly ? null : (
        <>
          <RuleGroup
            node={shown.when}
            pointer="/when"
            depth={0}
            label={label}
            registry={registry}
            findings={findings}
            onChange={(when) => onChange({ v: 1, when })}
            onMoved={(word, focus) => {
              focusNext.current = focus;
              setSaid(w(word));
            }}
          />
          <div className="visually-hidden" aria-live="polite">
            {said}
          </div>
        </>
      )}
      <p className="rule-sentence">
        <span className="hint">{w('prefix', { text: sentencePrefix ?? w('sentence') })}</span>
        {isEmpty ? (emptyText ?? w('empty')) : (sentence ?? <span className="hint">{w('incomplete')}</span>)}
      </p>
      {isReadOnly || isEmpty ? null : <p className="hint rule-keys">{w('keys')}</p>}
    </div>
  );
}
