/** The rows as a plain table with pages. Loaded where it is asked for. */
import { html, nothing, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { JobView } from '../view.ts';
import { cell } from './cells.ts';
import { type Grid, type GridHandlers, isSame } from './grid.ts';
import type { ListState } from './list_state.ts';

export { tableStyles } from './table.styles.ts';

/** The same rows as a plain table, for who would rather turn pages than scroll. */
export function tablePart(grid: Grid, state: ListState, handlers: GridHandlers, turn: (first: number) => void, pageSize: number, view: JobView): TemplateResult {
  const { window, first, columns, open } = grid;
  const { text, format } = view;
  const { pages } = text;
  const last = Math.min(first + pageSize, window.total);
  return html`
    <div class="scroller" part="grid">
      <table>
        <caption class="visually-hidden">${text.list.title}</caption>
        <thead>
          <tr>
            ${columns.map(
              (column) => html`<th scope="col" aria-sort=${state.sort === column ? (state.ascending ? 'ascending' : 'descending') : 'none'}>
                <button type="button" class="sort" part="sort" data-column=${column} @click=${() => handlers.sort(column)}>${text.list.column[column]}</button>
              </th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            window.rows.slice(0, pageSize),
            ({ key }) => key,
            (row) => html`<tr part="row" data-state=${row.job.status.state} aria-current=${isSame(row, open) ? 'true' : nothing}>
              ${columns.map(
                (column) => html`<td class=${column}>
                  ${column === 'item' ? html`<button type="button" class="link" @click=${() => handlers.open(row, true)}>${cell(column, row, view)}</button>` : cell(column, row, view)}
                </td>`,
              )}
            </tr>`,
          )}
        </tbody>
      </table>
      <div class="pages">
        <button type="button" part="previous" ?disabled=${first === 0} @click=${() => turn(Math.max(0, first - pageSize))}>${pages.previous}</button>
        <span>${pages.page(format.number(Math.min(first + 1, window.total)), format.number(last), format.number(window.total))}</span>
        <button type="button" part="next" ?disabled=${last >= window.total} @click=${() => turn(first + pageSize)}>${pages.next}</button>
      </div>
    </div>
  `;
}
