/** azure-backup-jobs/pictures: the lists' API, what vaults protect, why jobs fail, and what there is to watch. */
import built from '#pictures';
import { dayStarts, endOfDay } from './days.ts';
import type { EngineOptions, FollowOptions } from './engine.ts';
import { FollowedThing, type Owner } from './followed.ts';
import { ListEngine, type VaultWatch } from './list_engine.ts';
import { type Wasm, WasmModule } from './load.ts';
import { type CausesAnswer, crossRegion, type CrossRegionJobs, type CrossRegionState, type EstateState, estatePath, fleetPath, type ItemHistory, type ItemRow, type ItemsAnswer, type PictureBoundaryEngine, pictures, type VaultsAnswer } from './picture_boundary.ts';

export { endOfDay } from './days.ts';
export * from './list_engine.ts';
export { type Cause, type CausesAnswer, type CrossRegionJobs, type CrossRegionState, type EstateState, type ItemHistory, type ItemRow, type ItemRun, type ItemsAnswer, type ItemState, type KnownVault, type Outcome, type VaultsAnswer } from './picture_boundary.ts';

export interface ItemsQuery {
  /** In names, places and policies. */
  readonly search?: string;
  /** Without a good backup for so many hours an item is overdue. Default: 26. */
  readonly limit?: number;
  /**
   * Other limits, in whole hours. For kinds of items, by their workload type or management type: `{ AzureStorage: 168 }`. For sorts of backups, by their operation:
   * `{ 'Backup (Full)': 168 }` flags an item without a good one of these, too, where items of its kind are seen to have them.
   */
  readonly limits?: Readonly<Record<string, number>>;
  /** How many days each item's outcomes are told for, at most 92. Default: 14. */
  readonly days?: number;
  /** When the last of them ends, in ms; the others by the reader's calendar before it. Default: the end of the reader's day. */
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

const mostDays = 92;

/** In place of a vault's resource id: all vaults of all subscriptions that the user may read, as Azure Resource Graph tells of them. */
export const everyVault = '*';

/** What there is to watch: subscriptions and vaults, read at once and then every hour, until closed. */
export class EstateWatch extends FollowedThing<EstateState> {
  readonly #boundary: PictureBoundaryEngine;

  /** @internal Made by PictureEngine.watchEstate. */
  constructor(owner: Owner, id: number, boundary: PictureBoundaryEngine) {
    super(owner, id);
    this.#boundary = boundary;
  }

  /** The vaults that are known by now with every word of `search` in their name, resource group, region or subscription, by their names; `count` of them from `first` on. */
  vaults(search = '', first = 0, count = 50): VaultsAnswer {
    if (this.closed) return { total: 0, rows: [] };
    return this.#boundary.picture(pictures.vaults, search, NaN, NaN, 0, first, count) as VaultsAnswer;
  }
}

/** The cross-region jobs of a Recovery Services vault, which are in its paired region: read at once, again while one of them runs (every five minutes), and by refresh(). */
export class CrossRegionWatch extends FollowedThing<CrossRegionState> {
  readonly #boundary: PictureBoundaryEngine;
  readonly #watch: number;

  /** @internal Made by PictureEngine.watchCrossRegion. */
  constructor(owner: Owner, id: number, boundary: PictureBoundaryEngine) {
    super(owner, id);
    this.#boundary = boundary;
    this.#watch = id;
  }

  /** `count` of them from `first` on. To follow one: `engine.follow(job.id, { vault })`. */
  jobs(first = 0, count = 50): CrossRegionJobs {
    if (this.closed) return { total: 0, rows: [] };
    return this.#boundary.picture(pictures.crossRegion, '', NaN, NaN, this.#watch, first, count) as CrossRegionJobs;
  }
}

export class PictureEngine extends ListEngine {
  readonly #listeners = new Set<() => void>();

  get #pictures(): PictureBoundaryEngine {
    return this.boundary as PictureBoundaryEngine;
  }

  /** As ListEngine.watchVault; and {@link everyVault} watches all of them, whose one state has a vault without a name. */
  override watchVault(id: string, options?: Pick<FollowOptions, 'signal'>): VaultWatch {
    return super.watchVault(id === everyVault ? fleetPath : id, options);
  }

  /** Finds what there is to watch. */
  watchEstate(options: Pick<FollowOptions, 'signal'> = {}): EstateWatch {
    return this.begin(estatePath, options, (owner, id) => new EstateWatch(owner, id, this.#pictures));
  }

  /** Reads a vault's cross-region jobs. Each page of them costs the subscription a write, and nothing is read before it is asked for. @throws BackupJobsError where `vault` is no vault's resource id. */
  watchCrossRegion(vault: string, options: Pick<FollowOptions, 'signal'> = {}): CrossRegionWatch {
    return this.begin(crossRegion, { ...options, vault }, (owner, id) => new CrossRegionWatch(owner, id, this.#pictures));
  }

  /** The items of the vaults that are watched. The first call begins to read the vaults' own lists of them, and from then on every hour. */
  items({ search = '', limit = 26, limits = {}, days = 14, daysEnd = endOfDay(Date.now()), onlyTrouble = false, first = 0, count = 50 }: ItemsQuery = {}): ItemsAnswer {
    const starts = dayStarts(daysEnd, Math.min(Math.max(Math.round(days), 1), mostDays));
    const words = [search, starts.join(' '), ...Object.entries(limits).map(([kind, hours]) => `${Math.round(hours)} ${kind}`)].map((line) => line.replaceAll('\n', ' ')).join('\n');
    return this.#pictures.picture(onlyTrouble ? pictures.itemsInTrouble : pictures.items, words, NaN, daysEnd, limit, first, count) as ItemsAnswer;
  }

  /** The last `count` backups of one of the items; null where there is no such item any more. Asks the service for nothing. */
  history({ key }: Pick<ItemRow, 'key'>, { count = 24 }: { readonly count?: number } = {}): ItemHistory | null {
    return this.#pictures.picture(pictures.history, key, NaN, NaN, 0, 0, count) as ItemHistory | null;
  }

  /** Failed jobs of the vaults that are watched, by what they failed of. */
  causes({ from = NaN, to = NaN }: CausesQuery = {}): CausesAnswer {
    return this.#pictures.picture(pictures.causes, '', from, to, 0, 0, 0) as CausesAnswer;
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

const module = new WasmModule(built, () => new URL('./pictures.wasm', import.meta.url));

/** As that of azure-backup-jobs, of engines that know what vaults protect. */
export function useWasm(wasm: Wasm): void {
  module.use(wasm);
}

/** As openListEngine. */
export async function openPictureEngine(options: EngineOptions): Promise<PictureEngine> {
  return new PictureEngine(await module.load(options.wasm), options);
}
