/**
 * Does one thing after another, and of those that are asked for meanwhile only the last: a slider moves
 * faster than any server answers.
 */
export function latest<Input>(work: (input: Input) => Promise<void>): (input: Input) => void {
  let waiting: { readonly input: Input } | undefined;
  let isBusy = false;
  const run = async (): Promise<void> => {
    isBusy = true;
    try {
      for (let next = take(); next !== undefined; next = take()) await work(next.input);
    } finally {
      isBusy = false;
    }
  };
  const take = () => {
    const next = waiting;
    waiting = undefined;
    return next;
  };
  return (input) => {
    waiting = { input };
    if (!isBusy) void run();
  };
}

export const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
