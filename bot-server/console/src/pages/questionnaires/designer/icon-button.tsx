import { Button } from 'antd';
import type { ReactNode } from 'react';

interface IconButtonProps {
  icon: ReactNode;
  label: string;
  onClick: () => void;
  isDisabled?: boolean;
}

/** A quiet button of which only the icon is seen; its name is said and shown on hover. */
export function IconButton({ icon, label, onClick, isDisabled }: IconButtonProps) {
  return <Button type="text" size="small" icon={icon} aria-label={label} title={label} disabled={isDisabled ?? false} onClick={onClick} />;
}
