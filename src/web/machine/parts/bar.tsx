import { signOut, token } from '../api/session';
import { isDemo } from '../state/demo';
import { moment } from '../state/place';
import { stop } from '../state/player';
import { head, trouble } from '../state/pulse';
import { scene } from '../state/scene';
import { viewer } from '../state/viewer';
import { count, timeInWords } from './words';

/** What moment is on the page, and who looks. */
export function Bar() {
  return (
    <header class="bar">
      <h1>Hindsight</h1>
      {isDemo.value && <span class="badge">demo history</span>}
      <Live />
      <span class="quiet">{head.value !== null && count(head.value, 'event')}</span>
      <span class="grow">
        {trouble.value !== null && <span role="alert">{trouble.value}</span>}
      </span>
      <a href="graphiql/">GraphiQL</a>
      {token.value !== null && (
        <>
          <span>{viewer.value?.actor}</span>
          <button type="button" onClick={() => signOut()}>
            Sign out
          </button>
        </>
      )}
    </header>
  );
}

function Live() {
  if (moment.value === null) return <span class="live">LIVE</span>;
  const at = scene.value?.at ?? null;
  return (
    <button
      type="button"
      class="live past"
      title="Back to the present"
      onClick={() => {
        stop();
        moment.value = null;
      }}
    >
      PAST #{moment.value}
      {at !== null && <span class="wide"> · {timeInWords(at)}</span>} · back to LIVE
    </button>
  );
}
