import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

/** Logs as JSON lines; on a terminal, as lines for people. */
export function createLogger(level: string, output: NodeJS.WriteStream): Logger {
  if (!output.isTTY) return pino({ level }, output);
  return pino(
    { level },
    pretty({ destination: output, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss.l' }),
  );
}
