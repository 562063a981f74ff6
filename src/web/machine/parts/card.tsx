import { chosen, moment, pins, type Pin } from '../state/place';
import {
  chosenScene,
  FIELDS,
  sceneOperation,
  sceneTrouble,
  type Scene,
  type UserThen,
} from '../state/scene';
import { versions } from '../state/steps';
import { stream } from '../state/stream';
import { mayAudit } from '../state/viewer';
import { EventLine } from './event-line';
import { ShowGraphQL } from './show-graphql';
import { count, timeInWords } from './words';

/** The chosen user at the moment that is looked at, and the event that made it so. */
export function Card() {
  const id = chosen.value;
  if (id === null) {
    return (
      <section class="part card" aria-label="The chosen user">
        <p class="quiet hint">Choose a user to see what became of it, and when.</p>
      </section>
    );
  }
  const { value: shown } = chosenScene;
  return (
    <section
      class="part card"
      aria-labelledby="card-title"
      aria-busy={shown?.moment !== moment.value}
    >
      <header>
        <h2 id="card-title">{id}</h2>
        <span class="quiet grow">{versionInWords()}</span>
        <PinButton pin="a" scene={shown} />
        <PinButton pin="b" scene={shown} />
        <ShowGraphQL of="this user at this moment" operation={sceneOperation(id, moment.value)} />
      </header>
      {sceneTrouble.value !== null && <p role="alert">{sceneTrouble.value}</p>}
      {shown !== null &&
        (shown.user === null ? <Absent /> : <Fields shown={shown} user={shown.user} />)}
      {shown?.user && mayAudit.value && <Cause version={shown.user.version} />}
    </section>
  );
}

function versionInWords(): string {
  const place = versions();
  return place === null ? '' : `version ${count(place.shown)} of ${count(place.last)}`;
}

function Absent() {
  return (
    <p class="hint" role="status">
      {moment.value === null ? 'There is no such user.' : 'There was no such user yet.'}
    </p>
  );
}

function Fields({ shown, user }: { readonly shown: Scene; readonly user: UserThen }) {
  const causes = new Map(user.changes.map((change) => [change.field, change]));
  return (
    <>
      <dl class="fields">
        {FIELDS.map((name) => {
          const cause = user.version > 1 ? causes.get(name) : undefined;
          return (
            // Another key makes it another element, which flashes anew.
            <div
              key={`${shown.id} ${name} ${shown.position}`}
              class={shown.changed.includes(name) ? 'changed' : ''}
            >
              <dt>{name}</dt>
              <dd>{user[name] ?? <span class="quiet">none</span>}</dd>
              {cause !== undefined && <dd class="quiet before">was {cause.from ?? 'none'}</dd>}
            </div>
          );
        })}
      </dl>
      <p class="quiet">
        Since <time dateTime={user.validFrom}>{timeInWords(user.validFrom)}</time>
      </p>
    </>
  );
}

/** The event behind the step. */
function Cause({ version }: { readonly version: number }) {
  const fact = stream.value?.facts[version - 1];
  if (fact === undefined) return null;
  return (
    <ul class="events cause" aria-label="The event behind this version">
      <EventLine fact={fact} />
    </ul>
  );
}

function PinButton({ pin, scene: shown }: { readonly pin: Pin; readonly scene: Scene | null }) {
  const name = pin.toUpperCase();
  const place = pins[pin].value;
  const isHere = place !== null && place === shown?.position;
  return (
    <button
      type="button"
      class={`pin pin-${pin}`}
      aria-pressed={isHere}
      disabled={shown === null}
      title={place === null ? `Pin this moment as ${name}` : `${name} is at #${place}`}
      onClick={() => {
        if (shown !== null) pins[pin].value = isHere ? null : shown.position;
      }}
    >
      Pin {name}
    </button>
  );
}
