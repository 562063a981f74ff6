import { PLACES, whileOf } from './workloads/places.js';
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
  ...(['create', 'rename'] as const).flatMap((command) =>
    ['Hindsight on lowdb', 'Hindsight on PostgreSQL'].map((store): Target => ({
      name: `${command} with 1,000,000 events stored beside 1,000, ${store}`,
      kind: 'at least',
      ratio: 0.95,
      of: { what: `${command}, ${store}`, who: '1,000,000 events stored' },
      beside: { what: `${command}, ${store}`, who: '1,000 events stored' },
    })),
  ),
  {
    name: 'user at a random moment in a stream of 100,000 events beside user by id',
    kind: 'at least',
    ratio: 0.7,
    of: { what: 'a stream of 100,000 events, Hindsight on lowdb', who: 'user at a random moment' },
    beside: { what: 'a stream of 100,000 events, Hindsight on lowdb', who: 'user by id' },
  },
  {
    name: 'page of 20 as of a random moment in 1,000,000 events beside the present page',
    kind: 'at least',
    ratio: 0.5,
    of: { what: '1,000,000 events, Hindsight on lowdb', who: 'as of a random moment' },
    beside: { what: '1,000,000 events, Hindsight on lowdb', who: 'page of 20 users' },
  },
  {
    name: 'in-process appends, 256 at once, beside grouped write + fdatasync of the same bytes',
    kind: 'at least',
    ratio: 0.5,
    of: { what: 'appends, 256 at once', who: 'Hindsight on lowdb' },
    beside: { what: 'appends, 256 at once', who: 'grouped write + fdatasync' },
  },
  {
    name: 'rebuild of the user projection beside JSON.parse of the log',
    kind: 'at least',
    ratio: 0.7,
    of: { what: 'rebuild from 1,000,000 events', who: 'Hindsight on lowdb' },
    beside: { what: 'rebuild from 1,000,000 events', who: 'JSON.parse' },
  },
  {
    name: 'start at 1,000,000 events beside JSON.parse of the log',
    kind: 'at least',
    ratio: 0.7,
    of: { what: 'start, 1,000,000 events', who: 'Hindsight on lowdb' },
    beside: { what: 'start, 1,000,000 events', who: 'JSON.parse' },
  },
  {
    name: 'heap for each stored event on lowdb beside its line',
    kind: 'at most',
    ratio: 2.5,
    of: { what: 'memory for each of 1,000,000 events', who: 'Hindsight on lowdb' },
    beside: { what: 'memory for each of 1,000,000 events', who: 'its line' },
  },
  {
    name: 'fan-out to 1,000 subscribers beside a bare ws broadcast',
    kind: 'at least',
    ratio: 0.5,
    of: { what: 'fan-out to 1,000', who: 'Hindsight' },
    beside: { what: 'fan-out to 1,000', who: 'a bare ws' },
  },
  ...PLACES.flatMap(({ who, works }) =>
    works.map((work): Target => ({
      name: `p99 of ${whileOf(work)}, ${who}`,
      kind: 'at most',
      figure: 50,
      unit: 'ms',
      of: { what: whileOf(work), who },
    })),
  ),
];
