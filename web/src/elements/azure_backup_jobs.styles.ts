import { css } from 'lit';

export const jobsStyles = css`
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
    flex: 1;
    min-width: 0;
    color: var(--_ink-2);
    overflow-wrap: anywhere;
  }

  .freshness {
    display: flex;
    align-items: center;
    gap: 8px;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  .dot {
    flex: none;
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--_warning);
  }
  [data-contact='fresh'] > .dot {
    background: var(--_completed);
  }
  [data-contact='none'] > .dot {
    background: var(--_ink-3);
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
  button.link:hover {
    text-decoration: underline;
  }
  button.link[disabled] {
    color: var(--_ink-3);
    text-decoration: none;
  }

  .notices {
    display: grid;
    gap: 8px;
    padding: 0 20px 12px;
  }
  .notice {
    display: grid;
    gap: 4px;
    padding: 10px 14px;
    border-radius: 8px;
    background: var(--_warning-soft);
    overflow-wrap: anywhere;
  }
  .notice strong {
    color: var(--_warning);
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

  [data-state='failed'] .mark,
  .failed {
    color: var(--_failed);
  }
  [data-state='completed-with-warnings'] .mark,
  [data-state='unknown'] .mark {
    color: var(--_warning);
  }
  [data-state='in-progress'] .mark,
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
  .menu .items {
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
    position: relative;
    contain: layout;
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
  .space > .row {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
    cursor: default;
  }
  .row.head {
    height: 32px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
  }
  .space > .row:hover {
    background: var(--_sunken);
  }
  .row[aria-selected='true'],
  tr[aria-current] {
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
  [data-state='failed'] .status .word {
    color: var(--_failed);
  }
  [data-state='completed-with-warnings'] .status .word {
    color: var(--_warning);
  }
  [data-state='in-progress'] .status .word {
    color: var(--_accent);
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
  .runs h3 {
    display: flex;
    justify-content: space-between;
    gap: 8px;
    margin-block-end: 8px;
    color: var(--_ink-2);
    font-size: 12px;
  }
  .runs ol {
    display: flex;
    align-items: stretch;
    gap: 3px;
    height: 72px;
    list-style: none;
  }
  .runs li {
    flex: 1 1 0;
    max-width: 24px;
  }
  .runs li button {
    display: flex;
    flex-direction: column;
    justify-content: flex-end;
    gap: 0;
    width: 100%;
    height: 100%;
    min-height: 0;
    padding: 0;
    border: 0;
    border-radius: 3px;
    background: none;
  }
  .runs i {
    width: 100%;
    border-radius: 3px;
    background: var(--_completed);
    opacity: 0.55;
  }
  .runs .mark {
    font-size: 11px;
    line-height: 12px;
  }
  .runs [data-state='failed'] i {
    background: var(--_failed);
  }
  .runs [data-state='completed-with-warnings'] i {
    background: var(--_warning);
  }
  .runs [data-state='in-progress'] i,
  .runs [data-state='cancelling'] i {
    background: var(--_accent);
  }
  .runs [data-state='cancelled'] i {
    background: var(--_ink-3);
  }
  .runs [aria-current] i,
  .runs button:hover i {
    opacity: 1;
  }
  .runs p {
    display: flex;
    justify-content: space-between;
  }

  [data-narrow][data-open] > :is(.counters, .bar, .filters, .groups) {
    display: none;
  }
  [data-narrow] :is(.top, .counters, .bar, .filters, .groups, footer) {
    padding-inline: 12px;
  }
  [data-narrow] .counters {
    display: grid;
    grid-template-columns: 1fr 1fr;
  }
  [data-narrow] .search {
    flex-basis: 100%;
    max-width: none;
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
  [data-narrow] .row > .operation {
    display: block;
    grid-area: 2 / 1 / 3 / 2;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  [data-narrow] .row > .start {
    display: block;
    grid-area: 2 / 2 / 3 / 3;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  [data-narrow] .row > .duration {
    display: block;
    grid-area: 2 / 3 / 3 / 4;
    justify-self: end;
    color: var(--_ink-2);
    font-size: 12.5px;
  }

  @media (forced-colors: active) {
    .counter[aria-pressed='true'],
    .row[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .runs i,
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
