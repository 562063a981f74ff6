/** docs/performance.md and its picture. */
export async function writeReport(): Promise<void> {}
