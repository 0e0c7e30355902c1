import { icons } from '../icons';

/** The city's own mark: mini-program and Official Account carry the same. */
export function SuibanMark({ isLarge = false }: { isLarge?: boolean }) {
  return (
    <span className={`suiban-mark ${isLarge ? 'is-large' : ''}`} aria-hidden="true">
      随
    </span>
  );
}

export function NoticeMark() {
  return (
    <span className="notice-mark" aria-hidden="true">
      {icons.bellSolid}
    </span>
  );
}
