import { isEmpty } from '../state/pulse';
import { mayAudit, mayCommand } from '../state/viewer';
import { Bar } from './bar';
import { Card } from './card';
import { Commands } from './commands';
import { Compare } from './compare';
import { Empty } from './empty';
import { History } from './history';
import { Projections } from './projections';
import { Tail } from './tail';
import { Timeline } from './timeline';
import { Users } from './users';

/** What there is on the left, what is chosen in the middle, what happens on the right, time below. */
export function Page() {
  return (
    <div class={`page ${mayAudit.value ? '' : 'without-tail'}`}>
      <Bar />
      <nav class="side" aria-label="Users and projections">
        <Users />
        <Projections />
      </nav>
      <main class="middle">
        {isEmpty.value ? <Empty /> : <Card />}
        <Compare />
        {mayCommand.value && <Commands />}
        <History />
      </main>
      {mayAudit.value && (
        <aside class="side" aria-label="The log">
          <Tail />
        </aside>
      )}
      <Timeline />
    </div>
  );
}
