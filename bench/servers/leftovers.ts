/** What is to be undone when this process ends before it has done so itself: by a signal, or an error. */
const left = new Set<() => void>();

process.on('exit', () => {
  for (const undo of left) undo();
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** Answers what tells that it was done. */
export function undoAtExit(undo: () => void): () => void {
  left.add(undo);
  return () => void left.delete(undo);
}
