import { PlusOutlined } from '@ant-design/icons';
import type { AttributeRegistry, Condition, RuleFinding, RuleNode } from '@suiban/shared/rules';
import { Button, Flex, Select } from 'antd';
import type { KeyboardEvent } from 'react';
import { useWords } from '../../i18n/language';
import { ConditionRow, Findings } from './condition-row';
import { RowButtons } from './row-buttons';
import { ruleWords } from './rule-editor.words';
import {
  blankCondition,
  type GroupMode,
  groupModes,
  groupOf,
  insertedAt,
  isCondition,
  movedBy,
  nodeOf,
  removedAt,
  replacedAt,
} from './rule-tree';

/** How deep groups may be added by hand; deeper ones that come with a document are shown and kept. */
const deepestGroup = 3;

interface RuleGroupProps {
  node: RuleNode;
  pointer: string;
  depth: number;
  label: string;
  registry: AttributeRegistry;
  findings: readonly RuleFinding[];
  onChange: (node: RuleNode) => void;
  /** Tells a screen reader, and where to put the focus next. */
  onMoved: (word: 'added' | 'duplicated' | 'removed' | 'moved', focus: string) => void;
  onDuplicate?: () => void;
  onRemove?: () => void;
}

type ListChange = (nodes: readonly RuleNode[], word: 'added' | 'duplicated' | 'removed' | 'moved', focusAt: number) => void;

/** A list of conditions and groups under one word: 满足全部, 满足任一, 全都不满足, 不同时满足. */
export function RuleGroup(props: RuleGroupProps) {
  const { node, pointer, depth, label, findings } = props;
  const w = useWords(ruleWords);
  const { mode, nodes, listPath } = groupOf(node);
  const list = `${pointer}${listPath}`;
  const change: ListChange = (next, word, focusAt) => {
    props.onChange(nodeOf(mode, next));
    props.onMoved(word, next.length === 0 ? `${list}/+` : `${list}/${Math.min(Math.max(focusAt, 0), next.length - 1)}`);
  };
  const own = [pointer, list, `${pointer}/not`];
  return (
    <fieldset className={depth === 0 ? 'rule-group root' : 'rule-group'} aria-label={label}>
      <Flex gap={8} align="center" className="rule-group-head">
        <Select<GroupMode>
          aria-label={w('mode')}
          value={mode}
          style={{ width: 144 }}
          onChange={(next) => props.onChange(nodeOf(next, nodes))}
          options={groupModes.map((value) => ({ value, label: w(value) }))}
        />
        {props.onRemove ? <RowButtons label={label} onDuplicate={props.onDuplicate} onRemove={props.onRemove} /> : null}
      </Flex>
      <Findings findings={findings.filter((finding) => own.includes(finding.pointer) && !(depth === 0 && nodes.length === 0))} />
      <ol className="rule-list">
        {nodes.map((child, index) => (
          <Clause key={placeOf(list, index)} {...props} child={child} index={index} list={list} nodes={nodes} mode={mode} change={change} />
        ))}
      </ol>
      <Flex gap={8} wrap>
        <Button
          size="small"
          icon={<PlusOutlined aria-hidden />}
          data-rule-focus={`${list}/+`}
          onClick={() => change([...nodes, blankCondition], 'added', nodes.length)}
        >
          {w('addCondition')}
        </Button>
        {depth < deepestGroup ? (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => change([...nodes, { any: [blankCondition] }], 'added', nodes.length)}
          >
            {w('addGroup')}
          </Button>
        ) : null}
      </Flex>
    </fieldset>
  );
}

/** A clause has no identity but its place. */
const placeOf = (list: string, index: number): string => `${list}/${index}`;

interface ClauseProps extends RuleGroupProps {
  child: RuleNode;
  index: number;
  list: string;
  nodes: readonly RuleNode[];
  mode: GroupMode;
  change: ListChange;
}

function Clause({ child, index, list, nodes, mode, change, ...props }: ClauseProps) {
  const w = useWords(ruleWords);
  const pointer = placeOf(list, index);
  const isLeaf = isCondition(child);
  const name = w(isLeaf ? 'condition' : 'group', { number: index + 1 });
  const write = (next: RuleNode) => props.onChange(nodeOf(mode, replacedAt(nodes, index, next)));
  const duplicate = () => change(insertedAt(nodes, index + 1, child), 'duplicated', index + 1);
  const remove = () => change(removedAt(nodes, index), 'removed', index);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const act = event.altKey && !event.ctrlKey && !event.metaKey ? shortcuts[event.code] : undefined;
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    if (act === 'add') change(insertedAt(nodes, index + 1, blankCondition), 'added', index + 1);
    else if (act === 'duplicate') duplicate();
    else if (act === 'remove') remove();
    else change(movedBy(nodes, index, act), 'moved', index + act);
  };
  return (
    <li data-rule-focus={pointer} onKeyDown={onKeyDown}>
      {isLeaf ? (
        <ConditionRow
          condition={child}
          registry={props.registry}
          label={name}
          findings={props.findings.filter((finding) => finding.pointer === pointer || finding.pointer.startsWith(`${pointer}/`))}
          onChange={(next: Condition) => write(next)}
          onDuplicate={duplicate}
          onRemove={remove}
        />
      ) : (
        <RuleGroup
          {...props}
          node={child}
          pointer={pointer}
          depth={props.depth + 1}
          label={name}
          onChange={write}
          onDuplicate={duplicate}
          onRemove={remove}
        />
      )}
    </li>
  );
}

const shortcuts: Readonly<Record<string, 'add' | 'duplicate' | 'remove' | -1 | 1>> = {
  Enter: 'add',
  NumpadEnter: 'add',
  KeyC: 'duplicate',
  Backspace: 'remove',
  Delete: 'remove',
  ArrowUp: -1,
  ArrowDown: 1,
};
