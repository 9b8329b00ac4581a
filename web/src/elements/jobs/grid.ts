/** The rows on screen. They have one height, so that which are on screen is arithmetic however many there are (span.ts). */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { Column, JobRow, JobWindow } from '../../engine/list_engine.ts';
import type { View } from '../view.ts';
import { cell, tracks } from './cells.ts';
import type { ListState } from './list_state.ts';


export interface GridHandlers {
  readonly sort: (column: Column) => void;
  readonly open: (row: JobRow, byKey: boolean) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly scroll: () => void;
  readonly over: (over: boolean) => void;
}

export interface Grid {
  readonly window: JobWindow;
  /** The place of the first row in `window.rows`. */
  readonly first: number;
  readonly columns: readonly Column[];
  readonly rowHeight: number;
  /** The place of the row that keys act on; -1 before any did. */
  readonly active: number;
  /** The resource id of the job that is open. */
  readonly open: string;
}

/** Of the scroller, by which everything in it has its place. By the CSSOM: as text in an attribute a strict style-src forbids them. */
export function arrange({ style }: HTMLElement, { window, first, columns, rowHeight }: Grid): void {
  const values = { columns: columns.map((column) => tracks[column]).join(' '), row: `${rowHeight}px`, height: `${window.total * rowHeight}px`, from: `${first * rowHeight}px` };
  for (const [name, value] of Object.entries(values)) if (style.getPropertyValue(`--_${name}`) !== value) style.setProperty(`--_${name}`, value);
}

/** Ids know no case. */
export const isSame = ({ job }: JobRow, id: string) => id !== '' && job.id.toLowerCase() === id.toLowerCase();

function head(column: Column, state: ListState, handlers: GridHandlers, view: View): TemplateResult {
  const sorted = state.sort === column;
  return html`<div role="columnheader" aria-sort=${sorted ? (state.ascending ? 'ascending' : 'descending') : 'none'}>
    <button type="button" class="sort" part="sort" data-column=${column} @click=${() => handlers.sort(column)}>
      ${view.text.list.column[column]}<span class="arrow" aria-hidden="true">${sorted ? (state.ascending ? '↑' : '↓') : ''}</span>
    </button>
  </div>`;
}

export function gridPart(grid: Grid, state: ListState, handlers: GridHandlers, view: View): TemplateResult {
  const { window, first, columns, active, open } = grid;
  const drawnActive = active >= first && active < first + window.rows.length;
  return html`
    <div
      class="scroller"
      part="grid"
      role="grid"
      tabindex="0"
      aria-label=${view.text.list.title}
      aria-rowcount=${window.total + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${drawnActive ? `row-${active}` : nothing}
      @keydown=${handlers.key}
      @scroll=${handlers.scroll}
      @pointerenter=${() => handlers.over(true)}
      @pointerleave=${() => handlers.over(false)}
    >
      <div class="heads" role="rowgroup"><div class="row head" role="row" aria-rowindex="1">${columns.map((column) => head(column, state, handlers, view))}</div></div>
      <div class="space"><div class="drawn" role="rowgroup">
        ${window.rows.map((row, index) => {
          const place = first + index;
          const isOpen = isSame(row, open);
          return html`<div
            class=${place === active ? 'row active' : 'row'}
            part="row"
            role="row"
            id=${`row-${place}`}
            aria-rowindex=${place + 2}
            aria-selected=${isOpen ? 'true' : 'false'}
            data-state=${row.job.status.state}
            @click=${() => handlers.open(row, false)}
          >
            ${columns.map((column) => html`<div role="gridcell" class=${column}>${cell(column, row, view)}</div>`)}
          </div>`;
        })}
      </div></div>
    </div>
  `;
}
