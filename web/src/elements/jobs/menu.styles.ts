/** What the menu holds. */
import { css } from '../css.ts';

export const menuStyles = css`
  .items {
    position: absolute;
    z-index: 3;
    inset-inline-end: 0;
    inset-block-start: calc(100% + 4px);
    display: grid;
    gap: 6px;
    width: max-content;
    max-width: 260px;
    padding: 12px;
    border: 1px solid var(--_line);
    border-radius: 8px;
    background: var(--_surface);
    box-shadow: 0 6px 20px rgb(0 0 0 / 0.16);
  }
`;
