/** When a list is drawn, and how much of it at once: so that no slow processor is kept by it for long. */

/** How long after a drawing news are drawn, at the soonest, in ms: while a long list is read, they come with every page. */
const atMostEvery = 200;
const atFirst = 30;

/** So long may rows be drawn in one task, in ms; the browser's own work with them, in the next, takes about as long. */
const atOnce = 36;

/** No fewer rows than these are drawn at once. */
const fewest = 4;

export class Pace {
  /** So many rows are drawn at once: few at first, since what was never done takes long. */
  #most = fewest;
  /** How many of them the last drawing added. */
  #added = fewest;

  readonly #draw: () => void;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #drawn = -atMostEvery;
  #begun = 0;
  /** When the task began to draw; NaN: it has not. */
  #task = NaN;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** There are news. They are never drawn in the task that brought them: the two would take longer than either. `isEmpty`: no rows are drawn yet, and whoever waits for the first need not wait long. */
  soon(isEmpty = false): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined;
      this.#drawn = performance.now();
      this.#draw();
    }, this.#drawn + (isEmpty ? atFirst : atMostEvery) - performance.now());
  }

  /** Of the `wanted` rows those that are drawn now. */
  begin(wanted: number): number {
    this.#begun = performance.now();
    if (Number.isNaN(this.#task)) this.#task = this.#begun;
    return Math.min(wanted, this.#most);
  }

  /** So many were drawn: where there may be more, they come at once while the task is young, as many as it has time for by what the last ones took; else after the next frame. */
  end(drawn: number): void {
    const now = performance.now();
    const left = this.#task + atOnce - now;
    const isWhole = drawn !== this.#most;
    if (!isWhole) {
      const each = (now - this.#begun) / this.#added;
      const isYoung = left >= fewest * each;
      this.#added = Math.max(fewest, Math.floor((isYoung ? left : atOnce) / each));
      this.#most += this.#added;
      if (isYoung) return this.#draw();
    }
    this.#task = NaN;
    if (!isWhole) requestAnimationFrame(() => setTimeout(this.#draw));
  }

  stop(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
