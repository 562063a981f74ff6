import { useState } from 'preact/hooks';
import { post } from '../api/ask';
import { messageOf } from '../api/failure';
import { choose } from '../state/place';
import { feelPulse } from '../state/pulse';
import { mayAdminister, mayCommand } from '../state/viewer';

/** The demo's user with the longest story. */
const PROTAGONIST = 'ada';

/** What there is to do where nothing has happened yet. */
export function Empty() {
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const load = async (): Promise<void> => {
    setBusy(true);
    setTrouble(await loadDemo());
    setBusy(false);
  };
  return (
    <section class="part empty" aria-label="An empty log">
      <h2>Nothing has happened yet</h2>
      {mayCommand.value && <p>Send the first command below.</p>}
      {mayAdminister.value && (
        <>
          <p>
            Look at a history that is there already: a dozen users over some months, made up, and
            marked as a demo. It stays in the log.
          </p>
          <button type="button" class="main" disabled={isBusy} onClick={() => void load()}>
            Load the demo history
          </button>
        </>
      )}
      {trouble !== null && <p role="alert">{trouble}</p>}
    </section>
  );
}

interface Refusal {
  readonly errors?: readonly { readonly message: string }[];
}

/** Answers why it could not be loaded; null when it was. */
async function loadDemo(): Promise<string | null> {
  try {
    const answer = await post('demo', {});
    if (!answer.ok) {
      const { errors }: Refusal = await answer.json();
      return errors?.[0]?.message ?? `The server answers ${answer.status}.`;
    }
    feelPulse();
    choose(PROTAGONIST);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}
