/** Of rows that scroll: which are drawn, and where keys lead. */

/** Rows drawn beyond either edge, for scrolling that is faster than drawing. */
const beyond = 6;

/** Which rows are to be drawn. */
export function span(scrollTop: number, height: number, rowHeight: number): { first: number; count: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
  return { first, count: Math.ceil(height / rowHeight) + 2 * beyond };
}

/** What of a scroller is on screen, as the browser tells: to ask for it would have everything laid out that was just drawn. */
export class Sight {
  /** In CSS pixels; a scroller that was never laid out is no higher than its window. */
  height = globalThis.innerHeight;
  top = 0;
  #scroller: HTMLElement | null = null;
  readonly #sizes: ResizeObserver;

  constructor(changed: () => void) {
    this.#sizes = new ResizeObserver(([entry]) => {
      const height = entry?.target.clientHeight;
      // It is gone, or not shown.
      if (!height || height === this.height) return;
      this.height = height;
      changed();
    });
  }

  /** This is the scroller now. */
  of(scroller: HTMLElement | null): void {
    if (scroller === this.#scroller) return;
    this.#sizes.disconnect();
    this.#scroller = scroller;
    this.top = 0;
    if (scroller) this.#sizes.observe(scroller);
  }

  /** It was scrolled. */
  moved(): void {
    this.top = this.#scroller?.scrollTop ?? 0;
  }
}

/** Where a key leads from the active row; undefined where it leads nowhere. */
export function destination(key: string, active: number, total: number, page: number): number | undefined {
  const to = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: total - 1 }[key];
  return to === undefined || total === 0 ? undefined : Math.min(Math.max(to, 0), total - 1);
}

/** As destination(), and the row it leads to is brought into sight. */
export function walk(key: string, scroller: HTMLElement, active: number, total: number, rowHeight: number): number | undefined {
  const to = destination(key, active, total, Math.max(1, Math.floor(scroller.clientHeight / rowHeight) - 2));
  if (to === undefined) return undefined;
  const head = scroller.querySelector<HTMLElement>('.heads')?.offsetHeight ?? 0;
  const room = scroller.clientHeight - head - rowHeight;
  scroller.scrollTop = Math.min(Math.max(scroller.scrollTop, to * rowHeight - room), to * rowHeight);
  return to;
}
