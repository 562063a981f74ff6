import { useId } from 'preact/hooks';
import type { FieldShape } from '../form/shape';

interface Props {
  readonly field: FieldShape;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** A labelled input for one value of a command, and what the schema says of it. */
export function FieldInput(props: Props) {
  const { name, description, isNeeded } = props.field;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>
        {name}
        {!isNeeded && <span class="quiet"> (may be empty)</span>}
      </label>
      <Input {...props} names={{ id, 'aria-describedby': `${id}-says` }} />
      <small id={`${id}-says`} class="quiet">
        {description}
      </small>
    </div>
  );
}

interface InputProps extends Props {
  readonly names: { readonly id: string; readonly 'aria-describedby': string };
}

function Input({ field: { control, isNeeded }, names, value, onInput }: InputProps) {
  switch (control.kind) {
    case 'choice':
      return <Choice options={control.of} {...{ isNeeded, names, value, onInput }} />;
    case 'yes or no':
      return (
        <input
          {...names}
          type="checkbox"
          checked={value === 'yes'}
          onInput={(event) => onInput(event.currentTarget.checked ? 'yes' : '')}
        />
      );
    case 'JSON':
      return (
        <textarea
          {...names}
          value={value}
          required={isNeeded}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <input
          {...names}
          type="number"
          step="any"
          value={value}
          required={isNeeded}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      );
    case 'text':
      return (
        <input
          {...names}
          type="text"
          value={value}
          required={isNeeded}
          autocomplete="off"
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      );
    default:
      return control satisfies never;
  }
}

interface ChoiceProps extends Omit<InputProps, 'field'> {
  readonly options: readonly string[];
  readonly isNeeded: boolean;
}

function Choice({ options, isNeeded, names, value, onInput }: ChoiceProps) {
  return (
    <select
      {...names}
      value={value}
      required={isNeeded}
      onChange={(event) => onInput(event.currentTarget.value)}
    >
      <option value="">–</option>
      {options.map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </select>
  );
}
