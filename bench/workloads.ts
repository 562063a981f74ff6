export interface Measured {
  /** Those that were carried out. */
  readonly commands: number;
  readonly seconds: number;
  /** How often a command failed, by the reason. */
  readonly failures: Readonly<Record<string, number>>;
}

export const WORKLOADS = ['createUser', 'renameUser'] as const;
export type Workload = (typeof WORKLOADS)[number];
