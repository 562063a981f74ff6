import { useState } from 'preact/hooks';
import { newCommandId, commandOperation, send, type Draft, type Result } from '../form/command';
import type { CommandShape } from '../form/shape';
import { prefilled, type Known, type Typed } from '../form/values';
import { ShowGraphQL } from './show-graphql';
import { FieldInput } from './field-input';
import { ResultOf } from './result';

interface Props {
  readonly shape: CommandShape;
  /** What is on the screen, and the version that it is of. */
  readonly known: Known;
  readonly version: number;
}

/** What was typed, and the version that was on the screen when its writer began. */
interface Written {
  readonly typed: Typed;
  readonly expectedVersion: number;
  readonly commandId: string;
}

interface Answered {
  readonly result: Result;
  readonly wasDryRun: boolean;
}

export function CommandForm(props: Props) {
  const { shape } = props;
  const { draft, answered, isBusy, write, submit } = useDraft(props);
  const { typed, expectedVersion } = draft;
  return (
    <form
      class="command"
      aria-label={shape.name}
      onSubmit={(event) => {
        event.preventDefault();
        void submit(draft, false);
      }}
    >
      <p class="quiet">{shape.description}</p>
      {shape.fields.map((field) => (
        <FieldInput
          key={field.name}
          field={field}
          value={typed[field.name] ?? ''}
          onInput={(value) => write({ typed: { ...typed, [field.name]: value } })}
        />
      ))}
      <VersionInput
        value={expectedVersion}
        onInput={(value) => write({ expectedVersion: value })}
      />
      <div class="actions">
        <button type="submit" class="main" disabled={isBusy}>
          Send
        </button>
        <button type="button" disabled={isBusy} onClick={() => void submit(draft, true)}>
          What would happen?
        </button>
        <span class="grow" />
        <ShowGraphQL of="this command" operation={commandOperation(draft, false)} />
      </div>
      {answered !== null && (
        <ResultOf
          {...answered}
          onSendAgain={() => void submit(draft, answered.wasDryRun)}
          onRebase={(onto) => {
            void submit({ ...draft, expectedVersion: onto }, answered.wasDryRun);
          }}
        />
      )}
    </form>
  );
}

/** What a form says, and what became of it. */
function useDraft({ shape, known, version }: Props) {
  // Until something is typed, the form says what the screen says.
  const [written, setWritten] = useState<Written | null>(null);
  const [answered, setAnswered] = useState<Answered | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [nextId, setNextId] = useState(newCommandId);
  const said = written ?? {
    typed: prefilled(shape, known),
    expectedVersion: shape.usualVersion ?? version,
    commandId: nextId,
  };
  const write = (change: Partial<Written>): void => {
    // Other words are another command.
    setWritten({ ...said, ...change, commandId: newCommandId() });
    setAnswered(null);
  };
  const submit = async (what: Draft, dryRun: boolean): Promise<void> => {
    setBusy(true);
    // What is sent is what was on the screen then, whatever comes there meanwhile.
    setWritten(what);
    const result = await send(what, dryRun);
    setBusy(false);
    setAnswered({ result, wasDryRun: dryRun });
    if (dryRun || result.kind !== 'answered' || !result.outcome.success) return;
    setWritten(null);
    setNextId(newCommandId());
  };
  return { draft: { shape, ...said }, answered, isBusy, write, submit };
}

interface VersionInputProps {
  readonly value: number;
  readonly onInput: (value: number) => void;
}

function VersionInput({ value, onInput }: VersionInputProps) {
  return (
    <div class="field">
      <label for="expected-version">expectedVersion</label>
      <input
        id="expected-version"
        type="number"
        min={0}
        required
        value={value}
        onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
      />
    </div>
  );
}
