import { css } from './css.ts';

export const jobStyles = css`
  :host {
    container-type: inline-size;
  }

  .card {
    border: 1px solid var(--_line);
    border-radius: var(--_card-radius);
    background: var(--_surface);
  }

  .cancel {
    display: grid;
    justify-items: start;
    gap: 4px;
    padding: 0 20px 16px;
    overflow-wrap: anywhere;
  }
  .cancel p {
    margin: 0;
  }
  .cancel .strong {
    font-weight: 600;
  }
  .confirm p {
    margin-block-end: 8px;
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: flex-end;
    gap: 8px;
    padding: 12px 20px;
    border-block-start: 1px solid var(--_soft-line);
  }

  article {
    display: grid;
    gap: 16px;
    padding: 20px;
  }

  article + article {
    border-block-start: 1px solid var(--_line);
  }

  .step {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 10px 20px;
    border-block-end: 1px solid var(--_soft-line);
    color: var(--_ink-2);
    font-size: 12.5px;
  }

  .failed-job {
    color: var(--_failed);
  }

  header {
    display: grid;
    gap: 4px;
  }

  h2 {
    font-size: 17px;
    line-height: 24px;
    overflow-wrap: anywhere;
  }

  h3 {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    margin-block-end: 8px;
    color: var(--_ink-2);
    font-size: 12px;
    line-height: 16px;
  }

  h3 small,
  .quiet,
  small {
    color: var(--_ink-3);
    font-size: 12px;
    font-weight: 400;
  }

  .status {
    display: flex;
    align-items: center;
    gap: 8px;
    font-weight: 600;
  }

  [data-state='in-progress'] > .mark,
  [data-state='in-progress'] > .status,
  [data-state='cancelling'] > .mark,
  [data-state='cancelling'] > .status {
    color: var(--_accent);
  }

  [data-state='completed'] > .mark,
  .mark[data-state='completed'],
  [data-state='completed'] > .status {
    color: var(--_completed);
  }

  [data-state='completed-with-warnings'] > .mark,
  [data-state='completed-with-warnings'] > .status,
  [data-state='unknown'] > .mark,
  [data-state='unknown'] > .status {
    color: var(--_warning);
  }

  [data-state='failed'] > .mark,
  [data-state='failed'] > .status {
    color: var(--_failed);
  }

  [data-state='cancelled'] > .mark,
  [data-state='cancelled'] > .status,
  [data-state='not-started'] > .mark {
    color: var(--_ink-3);
  }

  .error small {
    color: var(--_ink-2);
  }

  .service-words span {
    color: var(--_ink-2);
  }

  .progress {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
  }

  progress {
    flex: 1 1 120px;
    max-width: 320px;
    height: 8px;
    border: 0;
    border-radius: 4px;
    background: var(--_sunken);
    overflow: hidden;
    appearance: none;
  }

  progress::-webkit-progress-bar {
    background: var(--_sunken);
  }

  progress::-webkit-progress-value {
    background: var(--_accent);
  }

  progress::-moz-progress-bar {
    background: var(--_accent);
  }

  .error {
    display: grid;
    gap: 6px;
    padding: 14px;
    border-radius: 8px;
    background: var(--_failed-soft);
    overflow-wrap: anywhere;
  }

  .error + .error {
    margin-block-start: 8px;
  }

  .error h4 {
    margin: 0;
    color: var(--_failed);
    font-size: inherit;
  }

  .warnings .error {
    background: var(--_warning-soft);
  }

  .warnings .error h4 {
    color: var(--_warning);
  }

  .error ul,
  .notice ul {
    padding-inline-start: 20px;
  }

  .error .label {
    font-weight: 600;
  }

  .lines {
    white-space: pre-line;
  }

  .tasks {
    display: grid;
    gap: 2px;
    list-style: none;
  }

  .task {
    display: grid;
    grid-template-columns: 16px minmax(120px, 2fr) minmax(80px, 1fr) minmax(60px, 2fr) 112px;
    align-items: center;
    gap: 10px;
    min-height: 32px;
  }

  .tasks[data-timeline='none'] .task {
    grid-template-columns: 16px minmax(120px, 2fr) minmax(80px, 1fr) 112px;
  }

  .task-name {
    overflow-wrap: anywhere;
  }

  .task-status {
    color: var(--_ink-2);
  }

  .task-duration {
    text-align: end;
  }

  .task .bar {
    color: var(--_accent);
    overflow: visible;
  }

  .task[data-state='completed'] .bar {
    color: var(--_completed);
  }

  .task[data-state='failed'] .bar {
    color: var(--_failed);
  }

  .task[data-state='cancelled'] .bar {
    color: var(--_ink-3);
  }

  dl {
    display: grid;
    gap: 4px 24px;
  }

  dl > div {
    display: grid;
    grid-template-columns: minmax(110px, 170px) 1fr;
    gap: 12px;
  }

  dt {
    color: var(--_ink-2);
    overflow-wrap: anywhere;
  }

  dd {
    overflow-wrap: anywhere;
  }

  dd small {
    display: block;
  }

  summary {
    cursor: pointer;
    color: var(--_ink-2);
    border-radius: 4px;
  }

  details > section {
    margin-block-start: 12px;
  }

  .skeleton {
    display: grid;
    gap: 10px;
  }

  .skeleton i {
    height: 12px;
    border-radius: 4px;
    background: var(--_sunken);
  }

  .skeleton i:nth-child(2) {
    width: 80%;
  }

  .skeleton i:nth-child(3) {
    width: 60%;
  }

  @container (min-width: 720px) {
    dl {
      grid-template-columns: 1fr 1fr;
    }
  }

  @container (max-width: 480px) {
    article {
      padding: 16px;
    }
    .cancel {
      padding: 0 16px 12px;
    }

    .task,
    .tasks[data-timeline='none'] .task {
      grid-template-columns: 16px 1fr auto;
      padding-block: 4px;
    }

    .task-status {
      display: none;
    }

    .task .bar {
      grid-area: 2 / 2 / 3 / 4;
    }

    .task .task-duration {
      grid-area: 1 / 3 / 2 / 4;
    }

    dl > div {
      grid-template-columns: 1fr;
      gap: 0;
    }
  }

  @media (forced-colors: active) {
    .task .bar {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
