import type { CommandOutcomeFragment } from '../../generated/graphql';
import { factOf } from '../api/facts';
import type { Result } from '../form/command';
import { EventLine } from './event-line';
import { count, dataInWords } from './words';

interface Props {
  readonly result: Result;
  readonly wasDryRun: boolean;
  readonly onSendAgain: () => void;
  /** Sends the same for the version that the aggregate really has. */
  readonly onRebase: (onto: number) => void;
}

/** What became of a command, and what can be done about it. */
export function ResultOf({ result, wasDryRun, onSendAgain, onRebase }: Props) {
  switch (result.kind) {
    case 'refused':
      return <p role="alert">{result.why}</p>;
    case 'unanswered':
      return (
        <div role="alert">
          <p>
            {result.why} Whether the command was carried out is unknown; sent again, it is carried
            out once at most.
          </p>
          <button type="button" onClick={onSendAgain}>
            Send again
          </button>
        </div>
      );
    case 'answered':
      return result.outcome.success ? (
        <Success outcome={result.outcome} wasDryRun={wasDryRun} />
      ) : (
        <Refusal outcome={result.outcome} onRebase={onRebase} />
      );
    default:
      return result satisfies never;
  }
}

interface SuccessProps {
  readonly outcome: CommandOutcomeFragment;
  readonly wasDryRun: boolean;
}

function Success({ outcome: { events, replayed }, wasDryRun }: SuccessProps) {
  const words = wasDryRun ? 'This would happen:' : replayed ? 'It was done before:' : 'Done:';
  return (
    <div class="outcome" role="status">
      <p>{events.length === 0 ? 'Nothing is to change.' : words}</p>
      <ul class="events">
        {events.map(({ id, type, data }) => (
          <li key={id} class="event">
            <strong>{type}</strong> <span class="data">{dataInWords(data)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

interface RefusalProps {
  readonly outcome: CommandOutcomeFragment;
  readonly onRebase: (onto: number) => void;
}

function Refusal({ outcome: { error }, onRebase }: RefusalProps) {
  if (error === null) return null;
  return (
    <div class="outcome refused" role="alert">
      <p>{error.message}</p>
      {'issues' in error && (
        <ul>
          {error.issues.map(({ path, message }) => (
            <li key={path.join('.')}>
              <strong>{path.join('.')}</strong> {message}
            </li>
          ))}
        </ul>
      )}
      {'missed' in error && <Missed conflict={error} onRebase={onRebase} />}
    </div>
  );
}

type Conflict = Extract<CommandOutcomeFragment['error'], { readonly missed: unknown }>;

interface MissedProps extends Pick<RefusalProps, 'onRebase'> {
  readonly conflict: Conflict;
}

/** What the writer of a stale command has not seen, and the way on. */
function Missed({ conflict: { expectedVersion, actualVersion, missed }, onRebase }: MissedProps) {
  const all = Math.max(actualVersion - expectedVersion, missed.length);
  return (
    <>
      <p>
        You saw version {expectedVersion}. Since then {count(all, 'event')} came, which you have not
        seen{missed.length < all && `; the first ${missed.length} of them`}:
      </p>
      <ul class="events">
        {missed.map((fragment) => (
          <EventLine key={fragment.id} fact={factOf(fragment)} />
        ))}
      </ul>
      <button type="button" class="main" onClick={() => onRebase(actualVersion)}>
        Rebase onto version {actualVersion} and retry
      </button>
    </>
  );
}
