import { SettingOutlined } from '@ant-design/icons';
import { dictionary } from '@suiban/shared/text';
import { Button, Checkbox, Empty, Flex, Popover, Segmented, Skeleton, Table, type TableColumnType } from 'antd';
import { type HTMLAttributes, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Problem } from '../api/client';
import { useWords } from '../i18n/language';
import { ProblemAlert } from './problem-alert';

const pageWords = dictionary(
  {
    more: '再显示 50 条',
    shown: '已显示 {shown} 条',
    shownOf: '已显示 {shown} / {total} 条',
    columns: '列与密度',
    comfortable: '宽松',
    compact: '紧凑',
  },
  {
    more: 'Show 50 more',
    shown: '{shown} shown',
    shownOf: '{shown} of {total} shown',
    columns: 'Columns and density',
    comfortable: 'Comfortable',
    compact: 'Compact',
  },
);

export interface Column<T> extends TableColumnType<T> {
  key: string;
  title: string;
}

interface DataTableProps<T> {
  /** Names the table in this browser's settings and for screen readers. */
  name: string;
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  isLoading: boolean;
  problem?: Problem | null;
  onRetry?: () => void;
  total?: number | null;
  hasMore?: boolean;
  isLoadingMore?: boolean;
  onMore?: () => void;
  onOpen?: (row: T) => void;
  empty: ReactNode;
  filters?: ReactNode;
  /** Right of the filters: export. */
  tools?: ReactNode;
}

interface TableSettings {
  hidden: string[];
  size: 'small' | 'middle';
}

/** What the reader chose for this table stays in this browser. */
function useTableSettings(name: string) {
  const storageKey = `suiban.console.table.${name}`;
  const [settings, setSettings] = useState<TableSettings>(() => ({
    hidden: [],
    size: 'middle',
    ...JSON.parse(localStorage.getItem(storageKey) ?? '{}'),
  }));
  const save = (next: TableSettings) => {
    setSettings(next);
    localStorage.setItem(storageKey, JSON.stringify(next));
  };
  return { settings, save };
}

/** A table wider than the window is scrolled by keyboard too: its scroller takes the focus where no row does. */
function useScroller(isEnabled: boolean) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    const scroller = root.current?.querySelector('.ant-table-content');
    if (!isEnabled || !scroller) return;
    scroller.setAttribute('tabindex', '0');
    return () => scroller.removeAttribute('tabindex');
  }, [isEnabled]);
  return root;
}

/** A row that opens by click and by Enter; links and buttons inside keep their own. */
function opening<T>(row: T, onOpen: (row: T) => void): HTMLAttributes<HTMLElement> {
  return {
    tabIndex: 0,
    className: 'row-opens',
    onClick: (event) => {
      if (!(event.target as HTMLElement).closest('a,button,input')) onOpen(row);
    },
    onKeyDown: (event) => {
      if (event.key === 'Enter' && event.target === event.currentTarget) onOpen(row);
    },
  };
}

/** Every list of the console: filters, column choice, density, cursor paging, keyboard rows, loading, empty and error states. */
export function DataTable<T extends object>(props: DataTableProps<T>) {
  const w = useWords(pageWords);
  const { settings, save } = useTableSettings(props.name);
  const root = useScroller(!props.onOpen && !props.isLoading);
  return (
    <section aria-label={props.label} className="data-table" ref={root}>
      <Flex justify="space-between" gap={12} wrap className="data-table-bar">
        <Flex gap={8} wrap>
          {props.filters}
        </Flex>
        <Flex gap={8} className="data-table-tools">
          {props.tools}
          <Popover
            trigger="click"
            placement="bottomRight"
            content={<Chooser columns={props.columns} settings={settings} onChange={save} />}
          >
            <Button icon={<SettingOutlined />} aria-label={w('columns')} title={w('columns')} />
          </Popover>
        </Flex>
      </Flex>
      <ProblemAlert problem={props.problem} {...(props.onRetry ? { onRetry: props.onRetry } : {})} />
      {props.isLoading ? (
        <Skeleton active title={false} paragraph={{ rows: 8, width: '100%' }} />
      ) : (
        <Table<T>
          size={settings.size}
          columns={props.columns.filter((column) => !settings.hidden.includes(column.key))}
          dataSource={[...props.rows]}
          rowKey={props.rowKey}
          pagination={false}
          scroll={{ x: 'max-content' }}
          locale={{ emptyText: props.problem ? <span /> : <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={props.empty} /> }}
          onRow={(row) => (props.onOpen ? opening(row, props.onOpen) : {})}
        />
      )}
      {props.rows.length > 0 ? <Foot {...props} /> : null}
    </section>
  );
}

interface ChooserProps {
  columns: readonly { readonly key: string; readonly title: string }[];
  settings: TableSettings;
  onChange: (settings: TableSettings) => void;
}

function Chooser({ columns, settings, onChange }: ChooserProps) {
  const w = useWords(pageWords);
  const keys = columns.map((column) => column.key);
  return (
    <Flex vertical gap={8}>
      <Segmented
        value={settings.size}
        onChange={(size) => onChange({ ...settings, size: size as TableSettings['size'] })}
        options={[
          { label: w('comfortable'), value: 'middle' },
          { label: w('compact'), value: 'small' },
        ]}
      />
      <Checkbox.Group
        style={{ display: 'flex', flexDirection: 'column', gap: 4 }}
        value={keys.filter((key) => !settings.hidden.includes(key))}
        options={columns.map((column) => ({ label: column.title, value: column.key }))}
        onChange={(shown) => onChange({ ...settings, hidden: keys.filter((key) => !shown.includes(key)) })}
      />
    </Flex>
  );
}

function Foot<T>(props: Pick<DataTableProps<T>, 'rows' | 'total' | 'hasMore' | 'isLoadingMore' | 'onMore'>) {
  const w = useWords(pageWords);
  return (
    <Flex justify="space-between" align="center" className="data-table-foot">
      <span className="hint">
        {props.total == null ? w('shown', { shown: props.rows.length }) : w('shownOf', { shown: props.rows.length, total: props.total })}
      </span>
      {props.hasMore ? (
        <Button onClick={props.onMore} loading={props.isLoadingMore ?? false}>
          {w('more')}
        </Button>
      ) : null}
    </Flex>
  );
}
