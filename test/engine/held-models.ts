import type { Projection, ReadModel } from '../../src/core/projection.js';
import { MemoryReadModels } from '../../src/stores/memory-models.js';

/** Read models that take as long as the test wants: while held, none of them applies anything. */
export class HeldReadModels extends MemoryReadModels {
  #held = Promise.resolve();
  #release: () => void = () => undefined;

  hold(): void {
    this.#held = new Promise((resolve) => {
      this.#release = resolve;
    });
  }

  release(): void {
    this.#release();
  }

  override async open<Row, Field extends string, Order extends string>(
    projection: Projection<Row, Field, Order>,
  ): Promise<ReadModel<Row, Field, Order>> {
    const model = await super.open(projection);
    return {
      projection,
      position: () => model.position(),
      onMove: (listener) => model.onMove(listener),
      lead: () => model.lead(),
      leave: () => model.leave(),
      apply: async (events, through) => {
        await this.#held;
        await model.apply(events, through);
      },
      get: (id) => model.get(id),
      list: (range) => model.list(range),
      count: (where) => model.count(where),
    };
  }
}
