/** Of rows that scroll: which are drawn, and where keys lead. */

/** Rows drawn beyond either edge, for scrolling that is faster than drawing. */
const beyond = 6;

/** Which rows are to be drawn. */
export function span(scrollTop: number, height: number, rowHeight: number): { first: number; count: number } {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - beyond);
  return { first, count: Math.ceil(height / rowHeight) + 2 * beyond };
}

/** Tells an element's width, in whole CSS pixels: in a task of its own, since the browser's is busy with laying out, and never that of something hidden. */
export const observeWidth = (told: (width: number) => void) =>
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry?.contentRect.width ?? 0);
    if (width) setTimeout(() => told(width));
  });

/** What of a scroller is on screen, as the browser tells: to ask for it while drawing would have everything laid out that was just drawn. */
export class Sight {
  /** In CSS pixels; at first as if it were as high as the screen, and 0 while it is hidden. */
  height = screen.height;
  top = 0;
  #scroller: HTMLElement | null = null;
  readonly #sizes: ResizeObserver;

  constructor(changed: () => void) {
    this.#sizes = new ResizeObserver(() => {
      const { height, top } = this;
      const scroller = this.#scroller as HTMLElement;
      this.height = scroller.clientHeight;
      if (!this.height) return;
      // Browsers differ in where something is that was hidden.
      if (!height) scroller.scrollTop = top;
      this.moved();
      if (height !== this.height || top !== this.top) changed();
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

  /** It was scrolled; what is hidden does not say where it is. */
  moved(): void {
    if (this.#scroller?.clientHeight) this.top = this.#scroller.scrollTop;
  }

  toTop(): void {
    this.#scroller?.scrollTo(0, 0);
    this.top = 0;
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
