import { Form } from 'antd';
import { type ReactNode, useId } from 'react';

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  errors?: readonly string[];
  /** `id` ties label, hint and faults to the input. */
  children: (input: { id: string; 'aria-describedby': string; 'aria-invalid': boolean; status: '' | 'error' }) => ReactNode;
}

/** A labelled input with its hint and what the check says of it. */
export function Field({ label, hint, errors = [], children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const isInvalid = errors.length > 0;
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      extra={
        <div id={noteId}>
          {errors.map((error) => (
            <div key={error} className="field-error">
              {error}
            </div>
          ))}
          {hint && !isInvalid ? <div className="hint">{hint}</div> : null}
        </div>
      }
    >
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': isInvalid, status: isInvalid ? 'error' : '' })}
    </Form.Item>
  );
}
