import { type Attribute, type AttributeRegistry, type Condition, operatorsOf, type RuleFinding } from '@suiban/shared/rules';
import type { Lang } from '@suiban/shared/text';
import { Select } from 'antd';
import { useId } from 'react';
import { useLanguage, useWords } from '../../i18n/language';
import { RowButtons } from './row-buttons';
import { findingText, operatorText, ruleWords } from './rule-editor.words';
import { isAttributeChosen, isUnfinished, withAttribute, withOperator, withValue } from './rule-tree';
import { ValueInput } from './value-input';

interface ConditionRowProps {
  condition: Condition;
  registry: AttributeRegistry;
  label: string;
  findings: readonly RuleFinding[];
  onChange: (condition: Condition) => void;
  onDuplicate: () => void;
  onRemove: () => void;
}

/** Where its values come from, and how old they may be. */
const sourceOf = ({ source, freshness }: Attribute, lang: Lang): string =>
  freshness ? `${source[lang]} · ${freshness[lang]}` : source[lang];

/** One condition: attribute → operator → value, with what the checker says of it below. */
export function ConditionRow({ condition, registry, label, findings, onChange, onDuplicate, onRemove }: ConditionRowProps) {
  const w = useWords(ruleWords);
  const { lang } = useLanguage();
  const noteId = useId();
  const attribute = registry.get(condition.attribute);
  const open = isUnfinished(condition);
  const shown = open ? [] : findings;
  const isInvalid = shown.some((finding) => finding.severity === 'error');
  const isGone = isAttributeChosen(condition) && !attribute;
  return (
    <fieldset className="rule-condition" data-rule-attribute={condition.attribute} aria-label={label} aria-describedby={noteId}>
      <div className="rule-condition-line">
        <Select<string>
          aria-label={w('attribute')}
          className="rule-attribute"
          placeholder={w('pickAttribute')}
          title={attribute ? sourceOf(attribute, lang) : undefined}
          status={isGone ? 'error' : ''}
          showSearch={{ optionFilterProp: 'label' }}
          value={isAttributeChosen(condition) ? condition.attribute : undefined}
          onChange={(name) => {
            const next = registry.get(name);
            if (next) onChange(withAttribute(condition, next));
          }}
          options={[...registry.values()].map((each) => ({ value: each.name, label: each.label[lang], title: each.source[lang] }))}
        />
        {attribute ? (
          <Select
            aria-label={w('operator')}
            className="rule-operator"
            popupMatchSelectWidth={false}
            value={condition.operator}
            onChange={(operator) => onChange(withOperator(condition, operator))}
            options={operatorsOf[attribute.type].map((operator) => ({ value: operator, label: operatorText(operator, attribute, lang) }))}
          />
        ) : null}
        {attribute ? (
          <ValueInput
            key={`${condition.attribute} ${condition.operator}`}
            attribute={attribute}
            condition={condition}
            isInvalid={isInvalid}
            onChange={(value) => onChange(withValue(condition, value))}
          />
        ) : null}
        <RowButtons label={label} onDuplicate={onDuplicate} onRemove={onRemove} />
      </div>
      <div id={noteId}>
        {open && !isGone ? <div className="hint">{w(attribute ? 'unfinishedValue' : 'unfinished')}</div> : null}
        <Findings findings={isGone ? findings : shown} />
      </div>
    </fieldset>
  );
}

export function Findings({ findings }: { findings: readonly RuleFinding[] }) {
  const { lang } = useLanguage();
  return findings.map((finding) => (
    <div key={`${finding.pointer} ${finding.code}`} className={`rule-finding ${finding.severity}`}>
      <span aria-hidden="true">{finding.severity === 'error' ? '✕ ' : '! '}</span>
      {findingText(finding, lang)}
    </div>
  ));
}
