import { PlusOutlined } from '@ant-design/icons';
import { industryGroups } from '@suiban/shared/enterprises';
import { Button, Collapse, Flex, Tag } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { RuleEditor } from '../../../../ui/rule-editor';
import { hasIndustry, isKnownTo, ruleFrom, withAttributeAsked, withIndustry } from '../quick-rules';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';
import { AudienceExclusions, countExclusions } from './audience-exclusions';
import { AudienceResult } from './audience-result';

/** 对象: the rule, who is left out, and at once what it comes to. */
export function AudienceStep({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { draft, change, registry } = wizard;
  const rule = ruleFrom(draft.audience);
  const exclusionCount = countExclusions(draft.exclusions);
  return (
    <>
      <h3>{w('rule')}</h3>
      <QuickRules wizard={wizard} />
      <RuleEditor
        rule={rule}
        onChange={(audience) => change({ audience })}
        registry={registry}
        label={w('ruleLabel')}
        emptyText={w('everyone')}
        sentencePrefix={w('sentence')}
      />
      <Collapse
        ghost
        className="wizard-collapse"
        items={[
          {
            key: 'exclusions',
            label: (
              <>
                {w('exclusions')} <span className="hint">{w('exclusionCount', { count: exclusionCount })}</span>
              </>
            ),
            children: <AudienceExclusions wizard={wizard} />,
          },
        ]}
      />
      <AudienceResult wizard={wizard} />
    </>
  );
}

/** On to the value of the condition just begun. */
function focusUnfinished(attribute: string): void {
  document.querySelector<HTMLElement>(`[data-rule-attribute="${CSS.escape(attribute)}"] .rule-value input`)?.focus();
}

function QuickRules({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { lang } = useLanguage();
  const { draft, change, registry } = wizard;
  const rule = ruleFrom(draft.audience);
  return (
    <Flex gap={8} align="center" wrap style={{ marginBottom: 12 }}>
      <span className="hint">{w('quick')}</span>
      {industryGroups
        .filter((group) => isKnownTo(registry, group))
        .map((group) => (
          <Tag.CheckableTag
            key={group.id}
            checked={hasIndustry(rule, group)}
            onChange={() => change({ audience: withIndustry(rule, group) })}
            className="quick-rule"
          >
            {group.label[lang]}
          </Tag.CheckableTag>
        ))}
      {(['districtCode', 'sizeClass'] as const)
        .filter((name) => registry.has(name))
        .map((name) => (
          <Button
            key={name}
            size="small"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => {
              change({ audience: withAttributeAsked(rule, name) });
              requestAnimationFrame(() => focusUnfinished(name));
            }}
          >
            {registry.get(name)?.label[lang]}
          </Button>
        ))}
    </Flex>
  );
}
