import { type CSSProperties, type ReactNode, useId } from 'react';

interface FieldProps {
  label: string;
  /** Id of the one control inside; without it the field is a group with a name. */
  htmlFor?: string;
  help?: ReactNode;
  children: ReactNode;
  style?: CSSProperties;
}

/** Label above, control, help below: one rhythm for all settings. */
export function Field({ label, htmlFor, help, children, style }: FieldProps) {
  const id = useId();
  const body = (
    <>
      {children}
      {help ? <div className="hint">{help}</div> : null}
    </>
  );
  return htmlFor ? (
    <div className="setting" style={style}>
      <label htmlFor={htmlFor}>{label}</label>
      {body}
    </div>
  ) : (
    <fieldset className="setting" style={style} aria-labelledby={id}>
      <span id={id} className="setting-name">
        {label}
      </span>
      {body}
    </fieldset>
  );
}

/** A switch or checkbox with its words at the left and what it does below. */
export function Toggle({ label, help, children }: { label: string; help?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="setting">
      <div className="setting-toggle">
        <label htmlFor={id}>{label}</label>
        {children(id)}
      </div>
      {help ? <div className="hint">{help}</div> : null}
    </div>
  );
}
