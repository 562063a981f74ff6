import type { Target } from './readings.js';

export const TARGETS: readonly Target[] = [
  ...(['create', 'rename'] as const).flatMap((command): Target[] => [
    {
      name: `durable commands on lowdb, 64 connections (${command}), beside the floor`,
      kind: 'at least',
      ratio: 0.85,
      of: { what: `${command}, 64 connections`, who: 'Hindsight on lowdb' },
      beside: { what: `${command}, 64 connections`, who: 'floor' },
    },
    {
      name: `the same with one connection (${command}), beside floor + one fdatasync`,
      kind: 'at least',
      ratio: 0.85,
      of: { what: `${command}, one connection`, who: 'Hindsight on lowdb' },
      beside: { what: `${command}, one connection`, who: 'floor + fdatasync' },
    },
  ]),
  {
    name: "user by id beside the floor's query",
    kind: 'at least',
    ratio: 0.9,
    of: { what: 'user, 64 connections', who: 'Hindsight on lowdb' },
    beside: { what: 'user, 64 connections', who: 'floor' },
  },
  ...(['create', 'rename'] as const).flatMap((command) =>
    ['Emmett on PostgreSQL', 'evtstore on PostgreSQL'].map((peer): Target => ({
      name: `commands on PostgreSQL (${command}) beside ${peer}`,
      kind: 'at least',
      ratio: 3,
      of: { what: `${command}, 64 connections`, who: 'Hindsight on PostgreSQL' },
      beside: { what: `${command}, 64 connections`, who: peer },
    })),
  ),
];
