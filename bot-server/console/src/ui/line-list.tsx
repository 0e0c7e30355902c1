import { dictionary } from '@suiban/shared/text';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useWords } from '../i18n/language';

const pageWords = dictionary({ more: '再显示 {count} 条' }, { more: 'Show {count} more' });

interface LineListProps<T> {
  items: readonly T[];
  itemKey: (item: T, at: number) => string;
  render: (item: T, at: number) => ReactNode;
  /** Said in place of the list. */
  empty?: ReactNode;
  /** How many are shown at first, and added by each click. */
  step?: number;
}

/** Lines under each other with a hairline between: short lists inside cards. */
export function LineList<T>({ items, itemKey, render, empty, step = 20 }: LineListProps<T>) {
  const w = useWords(pageWords);
  const [shown, setShown] = useState(step);
  if (items.length === 0) return empty ? <p className="hint line-list-empty">{empty}</p> : null;
  const left = items.length - shown;
  return (
    <>
      <ul className="line-list">
        {items.slice(0, shown).map((item, at) => (
          <li key={itemKey(item, at)}>{render(item, at)}</li>
        ))}
      </ul>
      {left > 0 ? (
        <Button type="link" size="small" className="line-list-more" onClick={() => setShown((before) => before + step)}>
          {w('more', { count: Math.min(left, step) })}
        </Button>
      ) : null}
    </>
  );
}
