/** What stands above the rows of a list. */
import { css } from '../css.ts';

export const listStyles = css`
  :host {
    container-type: inline-size;
  }

  .card {
    border: 1px solid var(--_line);
    border-radius: var(--_card-radius);
    background: var(--_surface);
    overflow: clip;
  }

  .quiet,
  small {
    color: var(--_ink-3);
    font-size: 12px;
    font-weight: 400;
  }
  .warn {
    color: var(--_warning);
  }

  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    padding: 14px 20px 10px;
  }
  .top h2 {
    font-size: 17px;
    line-height: 24px;
  }
  .where {
    flex: 1 1 8rem;
    color: var(--_ink-2);
    overflow-wrap: anywhere;
  }

  button.icon {
    justify-content: center;
    width: 32px;
    padding: 0;
  }
  button.link {
    min-height: 24px;
    padding: 0 4px;
    border: 0;
    background: none;
    color: var(--_accent);
    text-align: start;
  }
  button.link:enabled:hover {
    text-decoration: underline;
  }
  button.link:disabled {
    color: var(--_ink-3);
  }

  .notices {
    display: grid;
    gap: 8px;
    padding: 0 20px 12px;
  }
  .counters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    padding: 0 20px 14px;
  }
  .counter {
    display: grid;
    grid-template-columns: auto 1fr;
    justify-items: start;
    gap: 0 12px;
    min-width: 104px;
    padding: 6px 16px 6px 12px;
    text-align: start;
  }
  .counter .mark {
    grid-row: 1 / 3;
    align-self: center;
  }
  .counter strong {
    font-size: 18px;
    line-height: 22px;
  }
  .counter span:last-child {
    color: var(--_ink-2);
    font-size: 12px;
    line-height: 16px;
  }
  .counter[data-none] strong {
    color: var(--_ink-3);
  }
  .counter[aria-pressed='true'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    box-shadow: inset 0 0 0 1px var(--_accent);
  }

  [data-state='failed'] :is(.mark, .status .word),
  .failed {
    color: var(--_failed);
  }
  [data-state='completed-with-warnings'] :is(.mark, .status .word),
  [data-state='unknown'] .mark {
    color: var(--_warning);
  }
  [data-state='in-progress'] :is(.mark, .status .word),
  [data-state='cancelling'] .mark {
    color: var(--_accent);
  }
  [data-state='completed'] .mark {
    color: var(--_completed);
  }
  [data-state='cancelled'] .mark,
  [data-state='not-started'] .mark {
    color: var(--_ink-3);
  }

  .bar {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
    padding: 8px 20px;
    border-block: 1px solid var(--_line);
    background: var(--_sunken);
  }
  input[type='search'],
  select {
    min-height: 32px;
    padding: 4px 10px;
    border: 1px solid var(--_control-line);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: inherit;
    font: inherit;
  }
  .search {
    position: relative;
    flex: 1 1 220px;
    max-width: 360px;
  }
  .search input {
    width: 100%;
  }
  kbd {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-end: 8px;
    padding: 0 6px;
    border: 1px solid var(--_line);
    border-radius: 4px;
    color: var(--_ink-3);
    font: inherit;
    font-size: 12px;
    pointer-events: none;
  }
  .search:focus-within kbd,
  .search:has(input:not(:placeholder-shown)) kbd {
    display: none;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 6px;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  .choice select {
    max-width: 180px;
    color: var(--_ink);
    font-size: 13.5px;
  }
  :is(input, select, .scroller):focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 1px;
  }

  .menu {
    position: relative;
    margin-inline-start: auto;
  }
  summary {
    min-height: 32px;
    padding: 5px 12px;
    border: 1px solid var(--_line);
    border-radius: var(--_radius);
    background: var(--_surface);
    cursor: pointer;
  }
  [data-narrow][data-open] > :is(.counters, .bar) {
    display: none;
  }
  [data-narrow] :is(.top, .counters, .bar, footer) {
    padding-inline: 12px;
  }
  [data-narrow] .counters {
    display: grid;
    grid-template-columns: 1fr 1fr;
  }
  [data-narrow] .counter {
    gap: 0 6px;
    padding-inline: 6px;
  }
  [data-narrow] .search {
    flex-basis: 100%;
    max-width: none;
  }

  @media (forced-colors: active) {
    .counter[aria-pressed='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
