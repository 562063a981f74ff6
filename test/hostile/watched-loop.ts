/**
 * Loaded before a server: tells over HTTP, in a line of stderr, how long the event loop of its process
 * was held at most since it was last asked.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const RESOLUTION = 5;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION });
delays.enable();
let since = process.cpuUsage();

/** Looks at each turn of the loop until so many delays were counted. */
function whenCounted(count: number, then: () => void): void {
  if (delays.count >= count) then();
  else setImmediate(() => whenCounted(count, then));
}

const watch = createServer((_request, response) => {
  // What came before this is counted when the next delay is.
  whenCounted(delays.count + 2, () => {
    const delay = Math.max(0, delays.max / 1e6 - RESOLUTION);
    const { user, system } = process.cpuUsage(since);
    // A delay in which this process did not work is the machine's.
    const held = Math.min(delay, (user + system) / 1e3);
    delays.reset();
    // The first delay after that is counted from its end on: what is asked for next is to be behind it.
    whenCounted(1, () => {
      since = process.cpuUsage();
      response.end(JSON.stringify(held));
    });
  });
});
watch.listen(0, '127.0.0.1', () => {
  const { port } = watch.address() as AddressInfo;
  process.stderr.write(`${JSON.stringify({ watch: `http://127.0.0.1:${port}` })}\n`);
});
watch.unref();
