/** When a list is drawn, and how much of it at once: so that no slow processor is kept by it for long. */

/** How often news are drawn, at most, in ms: while a long list is read, they come with every page. */
const atMostEvery = 200;

export class Pace {
  /** So many rows are drawn at once: few at first, since what was never done takes long. */
  #most = 3;

  readonly #draw: () => void;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  #drawn = -atMostEvery;
  #begun = 0;

  constructor(draw: () => void) {
    this.#draw = draw;
  }

  /** There are news. They are never drawn in the task that brought them: the two would take longer than either. */
  soon(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = undefined;
      this.#drawn = performance.now();
      this.#draw();
    }, this.#drawn + atMostEvery - performance.now());
  }

  /** Of the `wanted` rows those that are drawn now. */
  begin(wanted: number): number {
    this.#begun = performance.now();
    return Math.min(wanted, this.#most);
  }

  /** So many were drawn: where there may be more, they come after the next frame, which has its own work with these; as many as the time that they took lets hope for. */
  end(drawn: number): void {
    if (drawn !== this.#most) return;
    this.#most += Math.max(3, Math.round(100 / (performance.now() - this.#begun)));
    requestAnimationFrame(() => setTimeout(this.#draw));
  }

  stop(): void {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
  }
}
