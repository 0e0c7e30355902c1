import type { AttributeRegistry, RuleDocument } from '@suiban/shared/rules';
import { canonicalJson } from '@suiban/shared/surveys';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../../../i18n/language';
import { emptyRule, RuleEditor } from '../../../../ui/rule-editor';
import { useDesigner } from '../designer-context';
import { finishedRule } from '../document-edits';
import { settingsWords } from './settings.words';

interface RuleFieldProps {
  rule: RuleDocument | undefined;
  onChange: (rule: RuleDocument | undefined) => void;
  registry: AttributeRegistry;
  label: string;
  /** Said and done where there is no rule. */
  emptyText: string;
  addText: string;
  sentencePrefix: string;
}

/** A rule that may be missing. Conditions that are only begun stay here until they are whole: the document holds finished ones. */
export function RuleField({ rule, onChange, registry, label, emptyText, addText, sentencePrefix }: RuleFieldProps) {
  const w = useWords(settingsWords);
  const { isReadOnly } = useDesigner();
  const [shown, setShown] = useState<RuleDocument | undefined>(rule);
  const written = useRef(canonicalJson(rule));
  useEffect(() => {
    // Changed from elsewhere (undo, a colleague's version): what is in the document counts.
    if (canonicalJson(rule) === written.current) return;
    written.current = canonicalJson(rule);
    setShown(rule);
  }, [rule]);
  const change = (next: RuleDocument | undefined) => {
    setShown(next);
    const finished = next && finishedRule(next);
    if (canonicalJson(finished) === written.current) return;
    written.current = canonicalJson(finished);
    onChange(finished);
  };
  if (!shown) {
    return (
      <div className="rule-none">
        <span className="hint">{emptyText}</span>
        {isReadOnly ? null : (
          <Button size="small" disabled={registry.size === 0} onClick={() => change(blankRule)}>
            {addText}
          </Button>
        )}
      </div>
    );
  }
  return (
    <>
      <RuleEditor
        rule={shown}
        onChange={change}
        registry={registry}
        label={label}
        emptyText={emptyText}
        sentencePrefix={sentencePrefix}
        isReadOnly={isReadOnly}
      />
      {isReadOnly ? null : (
        <Button size="small" type="text" danger style={{ alignSelf: 'flex-start' }} onClick={() => change(undefined)}>
          {w('removeRule')}
        </Button>
      )}
    </>
  );
}

const blankRule: RuleDocument = { ...emptyRule, when: { all: [{ attribute: '', operator: 'eq' }] } };
