/** The history of one item. */
import { css } from '../css.ts';
import { runsStyles } from '../jobs/runs.styles.ts';

const history = css`
  .look {
    display: block;
    width: 100%;
    min-height: 28px;
    padding: 2px 0;
    border: 0;
    background: none;
  }
  .look:hover {
    background: none;
  }
  .look:hover .strip {
    opacity: 0.8;
  }
  dialog.history {
    width: min(40rem, calc(100vw - 2rem));
    max-height: calc(100vh - 2rem);
    padding: 16px 20px;
    border: 1px solid var(--_line);
    border-radius: 10px;
    background: var(--_surface);
    color: var(--_ink);
    overflow: auto;
  }
  dialog.history::backdrop {
    background: rgb(0 0 0 / 35%);
  }
  .history header {
    display: flex;
    align-items: flex-start;
    justify-content: space-between;
    gap: 12px;
  }
  .history h2 {
    font-size: 16px;
    line-height: 24px;
    overflow-wrap: anywhere;
  }
  .history .runs {
    margin-block: 16px;
  }
  .history .runs h3 {
    flex-wrap: wrap;
    margin-block-start: 0;
  }
  .plot {
    position: relative;
    margin-block-start: 14px;
  }
  .plot ol {
    position: relative;
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 28px);
    height: 96px;
  }
  .plot li {
    display: flex;
    align-items: flex-end;
    min-width: 0;
    max-width: none;
  }
  .fit {
    width: fit-content;
    max-width: 100%;
  }
  .fit p {
    gap: 16px;
  }
  .plot .usual {
    position: absolute;
    inset-inline: 0;
    min-height: 2px;
    border-radius: 2px;
    background: var(--_line);
  }
  .plot .mark {
    height: 0;
    line-height: 0;
    transform: translateY(-7px);
  }
  .plot [aria-current] i {
    outline: 2px solid var(--_ink-2);
    outline-offset: 1px;
  }
  .past {
    max-height: 16rem;
    margin-block-end: 16px;
    overflow: auto;
  }
  .past table {
    width: 100%;
    border-collapse: collapse;
  }
  .past :is(th, td) {
    padding-block: 4px;
    padding-inline: 0 8px;
    border-block-end: 1px solid var(--_soft-line);
    font-weight: 400;
    text-align: start;
  }
  .past th {
    position: sticky;
    inset-block-start: 0;
    background: var(--_surface);
    color: var(--_ink-2);
    font-size: 12px;
  }
  .past .number {
    text-align: end;
    white-space: nowrap;
  }
  @media (width < 24rem) {
    .past table {
      font-size: 12px;
    }
    .past .number {
      min-width: 4.2em;
      padding-inline-end: 0;
      white-space: normal;
    }
  }
  .outcome {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .past button.link {
    padding-inline: 0;
  }
  .outcome .mark[data-state='failed'] {
    color: var(--_failed);
  }
  .outcome .mark:is([data-state='completed-with-warnings'], [data-state='unknown']) {
    color: var(--_warning);
  }
  .outcome .mark[data-state='in-progress'] {
    color: var(--_accent);
  }
  .outcome .mark[data-state='completed'] {
    color: var(--_completed);
  }

  @media (forced-colors: active) {
    .plot .usual {
      border-block: 1px solid GrayText;
    }
  }
`;

export const historyStyles = runsStyles + history;
