/** Failures by their causes. */
import { css } from '../css.ts';

export const failureStyles = css`
  .cause {
    display: grid;
    grid-template-columns: minmax(13rem, 22rem) minmax(0, 1fr);
    gap: 12px 32px;
    padding: 16px 20px 20px;
  }
  .causes {
    border-block-start: 1px solid var(--_line);
  }
  .cause + .cause {
    border-block-start: 1px solid var(--_line);
  }
  .cause > * {
    min-width: 0;
    overflow-wrap: anywhere;
  }
  .what {
    display: grid;
    gap: 4px;
    align-content: start;
    justify-items: start;
  }
  .cause h3 {
    margin: 0;
    font-size: 14px;
    font-weight: 600;
    line-height: 20px;
  }
  .cause h4 {
    margin: 0 0 4px;
    color: var(--_ink-2);
    font-size: 12px;
    font-weight: 600;
    line-height: 16px;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    margin-block-start: 4px;
  }
  .share {
    margin-inline-end: 2px;
    fill: var(--_failed);
  }
  .share .whole {
    fill: var(--_sunken);
  }
  .still {
    display: flex;
    align-items: flex-start;
    gap: 6px;
  }
  .still .mark {
    padding-block-start: 2px;
  }
  .still[data-state='failed'] {
    color: var(--_failed);
  }
  .still[data-state='completed'] {
    color: var(--_completed);
  }
  .what button {
    margin-block-start: 8px;
  }
  .why {
    display: grid;
    gap: 8px;
    align-content: start;
  }
  .why > :is(p, .advice) {
    max-width: 46rem;
  }
  .why h4 {
    margin-block: 4px -4px;
  }
  .said {
    white-space: pre-line;
  }
  .aside {
    color: var(--_ink-2);
  }
  .advice {
    display: grid;
    gap: 4px;
    padding-inline-start: 18px;
  }
  .advice li {
    white-space: pre-line;
  }
  .affected ul {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 20px;
    max-width: 72rem;
    margin-block-start: 8px;
    list-style: none;
  }
  .affected li {
    min-width: 0;
  }
  .affected button.link {
    gap: 6px;
    max-width: 100%;
    padding: 2px 0;
    color: var(--_ink);
  }
  .affected button.link:hover bdi {
    color: var(--_accent);
  }
  .affected bdi {
    min-width: 0;
  }
  .affected small {
    white-space: nowrap;
  }
  .failure-view > .empty .mark {
    color: var(--_completed);
  }

  @container (min-width: 1800px) {
    .cause {
      grid-template-columns: 30rem minmax(0, 1fr);
    }
    .affected ul {
      max-width: 88rem;
    }
  }

  @container (max-width: 640px) {
    .cause {
      grid-template-columns: minmax(0, 1fr);
      padding-inline: 12px;
    }
    .failure-view > .headline {
      padding-inline: 12px;
    }
  }

  @media (forced-colors: active) {
    .share {
      forced-color-adjust: none;
      fill: CanvasText;
    }
    .share .whole {
      fill: none;
      stroke: CanvasText;
    }
  }
`;
