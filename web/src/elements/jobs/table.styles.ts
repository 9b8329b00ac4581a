/** Rows as a plain table. */
import { css } from '../css.ts';

export const tableStyles = css`
  table {
    width: 100%;
    border-collapse: collapse;
  }
  th,
  td {
    height: var(--_row, 40px);
    padding: 4px 8px;
    border-block-end: 1px solid var(--_soft-line);
    text-align: start;
    vertical-align: middle;
  }
  td.status {
    display: table-cell;
    white-space: nowrap;
  }
  td.status > * {
    display: inline-block;
    vertical-align: middle;
    margin-inline-end: 8px;
  }
  .pages {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px;
    padding: 10px 20px;
  }
  tr[aria-current] {
    background: var(--_accent-soft);
    box-shadow: inset 3px 0 0 var(--_accent);
  }
`;
