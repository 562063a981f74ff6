import * as fc from 'fast-check';
import { makeTempFolder, removeTempFolder } from '../support/temp-folder.js';
import { carryOut, send } from './carry-out.js';
import type { Command } from './orders.js';
import { Server, type Distort } from './server.js';
import { Stage, Story, toldTo, type Step } from './story.js';
import { lookAtEverything } from './steps/everything.js';
import { World } from './world.js';

/** How many stories share a log: a new one costs more than a story does. */
const STORIES_IN_A_WORLD = 25;

/** So that in the smallest of stories there are others, too. */
const PROLOGUE: readonly Command[] = [
  { type: 'createUser', input: { id: 'zoe', name: 'Zoe', email: 'zoe@example.org' } },
  { type: 'createUser', input: { id: 'amy', name: 'amy' } },
  { type: 'createUser', input: { id: 'ian', name: 'Ada' } },
];

interface Place {
  readonly folder: string;
  readonly server: Server;
  readonly world: World;
}

/** Plays stories one after the other, on one log until it has had enough of them or one has failed. */
export class Theatre {
  #place: Place | undefined;
  #stories = 0;

  constructor(
    /** A fault: what is asked instead of what clients ask. */
    private readonly distort?: Distort,
  ) {}

  async play(steps: Iterable<Step>): Promise<void> {
    try {
      await this.#perform(steps);
    } catch (cause) {
      // The model and the server are not the same any more.
      await this.close();
      throw cause;
    }
  }

  async #perform(steps: Iterable<Step>): Promise<void> {
    const { server, world } = await this.#open();
    this.#stories += 1;
    const story = new Story(world, `s${this.#stories}`);
    const stage = new Stage(server);
    try {
      await fc.asyncModelRun(() => ({ model: story, real: stage }), steps);
      await lookAtEverything(story, stage);
      for (const listener of stage.listeners) {
        listener.cut('the cable');
        await stage.resume(listener, world.head);
        await listener.hearAll(toldTo(listener, world));
      }
    } finally {
      for (const listener of stage.listeners) listener.cut('the client');
    }
  }

  async close(): Promise<void> {
    const place = this.#place;
    this.#place = undefined;
    this.#stories = 0;
    if (place === undefined) return;
    await place.server.stop();
    await removeTempFolder(place.folder);
  }

  async #open(): Promise<Place> {
    if (this.#stories === STORIES_IN_A_WORLD) await this.close();
    if (this.#place !== undefined) return this.#place;
    const folder = await makeTempFolder();
    const place = { folder, server: await Server.start(folder, this.distort), world: new World() };
    this.#place = place;
    for (const command of PROLOGUE) {
      const order = { command, commandId: null, dryRun: false };
      carryOut(place.world, order, await send(place.server, order));
    }
    return place;
  }
}
