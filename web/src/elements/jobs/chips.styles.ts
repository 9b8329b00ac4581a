/** Filters and counts that can be chosen. */
import { css } from '../css.ts';

export const chipStyles = css`
  .filters,
  .groups {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    max-height: 112px;
    padding: 8px 20px;
    border-block-end: 1px solid var(--_line);
    overflow: auto;
  }
  .chip {
    min-height: 26px;
    padding: 1px 10px;
    border-radius: 13px;
    overflow-wrap: anywhere;
  }

  [data-narrow][data-open] > :is(.filters, .groups) {
    display: none;
  }
  [data-narrow] :is(.filters, .groups) {
    padding-inline: 12px;
  }
`;
