/** Rows that are drawn in parts. */
import { css } from '../css.ts';

export const gridStyles = css`
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  [data-wide][data-open] .body {
    grid-template-columns: minmax(0, 1fr) minmax(360px, 34%);
  }
  [data-open]:not([data-wide]) .rows {
    display: none;
  }
  .rows {
    position: relative;
    min-width: 0;
  }

  .pill {
    position: absolute;
    z-index: 2;
    inset-block-start: 6px;
    inset-inline-end: 20px;
    min-height: 28px;
    border-color: var(--_accent);
    border-radius: 14px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-size: 12.5px;
  }
  .pill:hover {
    background: var(--_accent);
    text-decoration: underline;
  }

  .scroller {
    position: relative;
    max-height: var(--backup-jobs-list-height, max(360px, calc(100vh - 300px)));
    overflow: auto;
    overscroll-behavior: contain;
    /* Rows are put where they belong, not moved by the browser. */
    overflow-anchor: none;
  }
  .heads {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
  }
  .space {
    height: var(--_height);
    contain: layout;
  }
  .drawn {
    transform: translateY(var(--_from));
  }
  .row {
    display: grid;
    grid-template-columns: var(--_columns);
    gap: 0 12px;
    align-items: center;
    height: var(--_row);
    padding-inline: 20px;
    border-block-end: 1px solid var(--_soft-line);
  }
  .drawn > .row {
    cursor: default;
  }
  .row.head {
    height: 32px;
    border-color: var(--_line);
    background: var(--_surface);
  }
  .drawn > .row:hover {
    background: var(--_sunken);
  }
  .row[aria-selected='true'] {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
  .scroller:focus-visible .row.active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
  }
  .row > * {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row .name {
    font-weight: 600;
  }
  .status {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .forecast {
    display: inline-block;
    margin-inline: 8px 6px;
    color: var(--_accent);
    fill: currentColor;
  }
  .error,
  .type,
  .vault {
    color: var(--_ink-2);
  }
  button.sort {
    gap: 4px;
    min-height: 24px;
    padding: 0 2px;
    border: 0;
    background: none;
    color: var(--_ink-2);
    font-size: 12px;
  }
  button.sort:hover {
    color: var(--_ink);
    text-decoration: underline;
  }
  .arrow {
    width: 1em;
  }

  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 4px 16px;
    padding: 8px 20px;
    border-block-start: 1px solid var(--_line);
  }

  .skeleton {
    display: grid;
    gap: 20px;
    padding: 20px;
  }
  .skeleton i {
    height: 12px;
    border-radius: 4px;
    background: var(--_sunken);
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 64px 20px;
    text-align: center;
  }

  [data-narrow] .heads {
    display: none;
  }
  [data-narrow] .row {
    grid-template-columns: minmax(0, 1fr) auto auto;
    grid-template-rows: 20px 20px;
    align-content: center;
    padding-inline: 12px;
  }
  [data-narrow] .row > * {
    display: none;
  }
  [data-narrow] .row > .item {
    display: block;
    grid-area: 1 / 1 / 2 / 3;
  }
  [data-narrow] .row > .status {
    display: flex;
    grid-area: 1 / 3 / 2 / 4;
    justify-self: end;
  }
  [data-narrow] .row > :is(.operation, .start, .duration) {
    display: block;
    grid-area: 2 / 1 / 3 / 2;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  [data-narrow] .row > .start {
    grid-column: 2 / 3;
  }
  [data-narrow] .row > .duration {
    grid-column: 3 / 4;
    justify-self: end;
  }

  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
