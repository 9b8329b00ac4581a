/** azure-backup-jobs/pictures: the lists' API, and what vaults protect and why jobs fail. */
import { type EngineOptions } from './engine.ts';
import { ListEngine } from './lists.ts';
import { loadModule } from './load.ts';
import { type CausesAnswer, type ItemsAnswer, type PictureBoundaryEngine, pictures } from './picture_boundary.ts';

export * from './lists.ts';
export { type Cause, type CausesAnswer, type ItemRow, type ItemsAnswer, type ItemState, type Outcome } from './picture_boundary.ts';

export interface ItemsQuery {
  /** In names, places and policies. */
  readonly search?: string;
  /** Without a good backup for so many hours an item is overdue. Default: 26. */
  readonly limit?: number;
  /** How many days each item's outcomes are told for, at most 92. Default: 14. */
  readonly days?: number;
  /** When the last of them ends, in ms. Default: the end of the reader's day. */
  readonly daysEnd?: number;
  readonly onlyTrouble?: boolean;
  /** The window of rows. Default: the first 50. */
  readonly first?: number;
  readonly count?: number;
}

export interface CausesQuery {
  /** Of jobs that began between these, in ms. */
  readonly from?: number;
  readonly to?: number;
}

/** When the reader's day ends. */
export function endOfDay(now: number): number {
  return new Date(now).setHours(24, 0, 0, 0);
}

export class PictureEngine extends ListEngine {
  readonly #listeners = new Set<() => void>();

  get #pictures(): PictureBoundaryEngine {
    return this.boundary as PictureBoundaryEngine;
  }

  /** The items of the vaults that are watched. The first call begins to read the vaults' own lists of them, and from then on every hour. */
  items({ search = '', limit = 26, days = 14, daysEnd = endOfDay(Date.now()), onlyTrouble = false, first = 0, count = 50 }: ItemsQuery = {}): ItemsAnswer {
    return this.#pictures.picture(onlyTrouble ? pictures.itemsInTrouble : pictures.items, search, NaN, daysEnd, limit, days, first, count) as ItemsAnswer;
  }

  /** Failed jobs of the vaults that are watched, by what they failed of. */
  causes({ from = NaN, to = NaN }: CausesQuery = {}): CausesAnswer {
    return this.#pictures.picture(pictures.causes, '', from, to, 0, 0, 0, 0) as CausesAnswer;
  }

  /** Calls `listener` when either may not be the same any more, until the function it returns is called. */
  onNews(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  protected override changed(): void {
    super.changed();
    for (const listener of [...this.#listeners]) listener();
  }
}

/** As openListEngine. */
export async function openPictureEngine(options: EngineOptions): Promise<PictureEngine> {
  return new PictureEngine(await loadModule(options.wasmUrl), options);
}
