/** The job beside the list. */
import { css } from '../css.ts';
import { runsStyles } from './runs.styles.ts';

const drawer = css`
  .drawer {
    min-width: 0;
    border-inline-start: 1px solid var(--_line);
  }
  [data-wide] .drawer {
    max-height: calc(var(--backup-jobs-list-height, max(360px, calc(100vh - 300px))) + 42px);
    overflow: auto;
  }
  .drawer-top {
    position: sticky;
    z-index: 1;
    inset-block-start: 0;
    display: flex;
    justify-content: flex-end;
    height: 0;
    padding-inline-end: 12px;
  }
  .drawer-top button {
    margin-block-start: 10px;
  }
  .drawer azure-backup-job::part(card) {
    border: 0;
    border-radius: 0;
  }
`;

export const drawerStyles = drawer + runsStyles;
