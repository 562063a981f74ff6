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

const watch = createServer((_request, response) => {
  const { count } = delays;
  // What came before this is counted when the next delay is.
  const answer = () => {
    if (delays.count < count + 2) {
      setImmediate(answer);
      return;
    }
    const delay = Math.max(0, delays.max / 1e6 - RESOLUTION);
    const { user, system } = process.cpuUsage(since);
    // A delay in which this process did not work is the machine's.
    const held = Math.min(delay, (user + system) / 1e3);
    delays.reset();
    since = process.cpuUsage();
    response.end(JSON.stringify(held));
  };
  answer();
});
watch.listen(0, '127.0.0.1', () => {
  const { port } = watch.address() as AddressInfo;
  process.stderr.write(`${JSON.stringify({ watch: `http://127.0.0.1:${port}` })}\n`);
});
watch.unref();
