import { CopyOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useWords } from '../../i18n/language';
import { ruleWords } from './rule-editor.words';

/** Duplicate and remove, at the end of a condition or a group; `label` says of which. */
export function RowButtons({ label, onDuplicate, onRemove }: { label: string; onDuplicate?: () => void; onRemove: () => void }) {
  const w = useWords(ruleWords);
  const button = (name: 'duplicate' | 'remove', icon: React.ReactNode, onClick: (() => void) | undefined) => (
    <Button type="text" icon={icon} aria-label={`${w(name)} ${label}`} title={w(name)} onClick={onClick} />
  );
  return (
    <span className="rule-buttons">
      {button('duplicate', <CopyOutlined aria-hidden />, onDuplicate)}
      {button('remove', <DeleteOutlined aria-hidden />, onRemove)}
    </span>
  );
}
