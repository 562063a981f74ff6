import { PulseDocument } from '../../generated/graphql';
import { operation } from '../api/graphiql';
import { head, keyOf, projections, type Followed } from '../state/pulse';
import { ShowGraphQL } from './show-graphql';
import { count } from './words';

/** The read models, and how they follow the log. */
export function Projections() {
  return (
    <section class="part projections" aria-labelledby="projections-title">
      <header>
        <h2 id="projections-title">Projections</h2>
        <span class="grow" />
        <ShowGraphQL of="the projections" operation={operation(PulseDocument, {})} />
      </header>
      <ul>
        {projections.value.map((each) => (
          <ProjectionRow key={keyOf(each)} projection={each} />
        ))}
      </ul>
    </section>
  );
}

function ProjectionRow({ projection }: { readonly projection: Followed }) {
  const { name, version, position, lag, lags, status } = projection;
  const end = head.value ?? 0;
  return (
    <li>
      <div>
        <strong>{name}</strong> <span class="quiet">v{version}</span>{' '}
        <span class={`status status-${status}`}>{status}</span>
      </div>
      <Sparkline values={lags} />
      <div class="quiet">
        #{position}, {lag === 0 ? 'no lag' : `${count(lag, 'event')} behind`}
      </div>
      {status !== 'LIVE' && (
        <progress aria-label={`${name}: how far in the log`} max={end} value={Number(position)} />
      )}
    </li>
  );
}

const WIDTH = 120;
const HEIGHT = 20;

/** The lags of the last two minutes. */
function Sparkline({ values }: { readonly values: readonly number[] }) {
  const most = Math.max(1, ...values);
  const points = values.map((value, index) => {
    const x = values.length === 1 ? 0 : (index / (values.length - 1)) * WIDTH;
    return `${x.toFixed(1)},${(HEIGHT - 1 - (value / most) * (HEIGHT - 2)).toFixed(1)}`;
  });
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Lag: at most ${count(Math.max(0, ...values), 'event')} while this page was open`}
    >
      <polyline points={points.join(' ')} />
    </svg>
  );
}
