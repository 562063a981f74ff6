import * as fc from 'fast-check';
import type { Listener } from './listener.js';
import type { Order } from './orders.js';
import type { Server } from './server.js';
import { shownFact } from './shown.js';
import type { World } from './world.js';

/** So few that what happens to one concerns the others. */
const NAMES = ['ada', 'bob', 'eve'] as const;

export type Who = 0 | 1 | 2;
export const people = fc.constantFrom<Who>(0, 0, 0, 1, 1, 1, 2);
/** Whom commands may be sent to before there is one; the others are created then. */
export const UNBORN: Who = 2;

/** One sequence as the model has it. Others have gone before it in the same world, with other users. */
export class Story {
  /** The commands that were given a name. */
  readonly named: Order[] = [];
  readonly begin: number;
  listeners = 0;

  constructor(
    readonly world: World,
    /** No other story has it. */
    readonly tag: string,
  ) {
    this.begin = world.head;
  }

  userId(who: Who): string {
    return `${NAMES[who]}.${this.tag}`;
  }

  /** One who exists, if need be of another story. */
  somebody(who: Who): string {
    const id = this.userId(who);
    const last = this.world.upTo(this.world.head).at(-1);
    return this.world.of(id).length > 0 || last === undefined ? id : last.userId;
  }

  newCommandId(): string {
    return `${this.tag}/${this.named.length}`;
  }
}

/** What is real: the server, and those who listen. */
export class Stage {
  readonly listeners: Listener[] = [];

  constructor(readonly server: Server) {}

  async resume(listener: Listener, head: number): Promise<void> {
    await listener.resume(this.server.url, head);
  }

  async resumeAll(head: number): Promise<void> {
    for (const listener of this.listeners) await this.resume(listener, head);
  }
}

/** What a listener must have been told by now. */
export const toldTo = ({ where, start }: Listener, world: World) =>
  world.slice(where, start).map(shownFact);

export type Step = fc.AsyncCommand<Story, Stage>;

/** A kind of step: what it is about, where it makes sense and how it goes. */
export const step = <Plan>(
  name: string,
  plans: fc.Arbitrary<Plan>,
  run: (story: Story, stage: Stage, plan: Plan) => Promise<void>,
  makesSense: (story: Readonly<Story>) => boolean = () => true,
): fc.Arbitrary<Step> =>
  plans.map((plan) => ({
    check: makesSense,
    run: (story, stage) => run(story, stage, plan),
    toString: () => `${name} ${JSON.stringify(plan)}`,
  }));
