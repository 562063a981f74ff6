/** Lets others have their turn in the middle of long work. */
export const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
