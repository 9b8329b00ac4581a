/** The rows of protected items. */
import { css } from '../css.ts';

export const itemStyles = css`
  .item-row {
    display: grid;
    grid-template-columns: minmax(9rem, 20rem) minmax(min(16rem, var(--_strip)), var(--_strip)) minmax(7rem, 9.5rem) minmax(12.5rem, 13.5rem) minmax(14rem, 1fr);
    gap: 0 16px;
    align-items: center;
    height: var(--_row);
    padding-inline: 20px;
    border-block-end: 1px solid var(--_soft-line);
  }
  .item-row.head {
    height: 32px;
    border-block-end: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_ink-2);
    font-size: 12px;
  }
  .drawn > .item-row {
    cursor: default;
  }
  .drawn > .item-row:hover {
    background: var(--_sunken);
  }
  .scroller:focus-visible .item-row.active {
    outline: 2px solid var(--_accent);
    outline-offset: -3px;
  }
  .item-row > * {
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .item-row > .item {
    line-height: 18px;
  }
  .item-row > .item small {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .item-row .name {
    display: inline-block;
    max-width: 100%;
    overflow: hidden;
    text-overflow: ellipsis;
    vertical-align: bottom;
    font-weight: 600;
  }
  .item-row small {
    line-height: 16px;
  }
  .item-row.head > .days {
    display: flex;
    justify-content: space-between;
    gap: 8px;
  }
  .age[data-overdue] {
    padding: 2px 8px;
    margin-inline-start: -8px;
    border-radius: 4px;
    background: var(--_failed-soft);
    color: var(--_failed);
    font-weight: 600;
  }
  .item-row > .success {
    padding-inline-start: 8px;
  }
  .item-row .unread {
    display: block;
    white-space: normal;
  }

  .drawn .duration {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    column-gap: 8px;
  }
  .drawn .duration svg {
    order: -1;
    margin: 0;
  }
  .drawn .duration small {
    flex: 1 0 100%;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .drawn .duration .forecast + small {
    color: var(--_accent);
  }
  .stray {
    color: var(--_warning);
    font-weight: 600;
  }
  .spread {
    fill: var(--_ink-2);
  }
  .spread .whole {
    fill: var(--_line);
  }
  .spread .usual {
    fill: var(--_ink-3);
    opacity: 0.45;
  }
  .spread[data-strayed] .last {
    fill: var(--_warning);
  }
  :is(.spread, .forecast, .share):dir(rtl) {
    transform: scaleX(-1);
  }

  .drawn .state {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .state .mark[data-state] {
    color: var(--_ink-3);
  }
  .state .mark[data-state='failed'],
  .mark[data-state='failed'] + .words .word {
    color: var(--_failed);
  }
  .state .mark[data-state='completed-with-warnings'],
  .mark[data-state='completed-with-warnings'] + .words .word {
    color: var(--_warning);
  }
  .state .mark[data-state='in-progress'],
  .mark[data-state='in-progress'] + .words .word {
    color: var(--_accent);
  }
  .state .mark[data-state='completed'] {
    color: var(--_completed);
  }
  .words {
    display: grid;
    min-width: 0;
  }
  .words > * {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .words .word::first-letter,
  .words small::first-letter {
    text-transform: uppercase;
  }
  .words.alone .word {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-height: 18px;
    white-space: normal;
  }

  @media (forced-colors: active) {
    .spread {
      forced-color-adjust: none;
      fill: CanvasText;
    }
    .spread :is(.whole, .usual) {
      fill: CanvasText;
      opacity: 0.5;
    }
    .spread[data-strayed] .last {
      fill: Highlight;
    }
    .age[data-overdue] {
      outline: 1px solid;
      outline-offset: -1px;
    }
  }
`;
