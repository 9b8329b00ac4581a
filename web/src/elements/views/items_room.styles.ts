/** The rows of protected items where there is more room, and where there is less: durations below ages, and then two lines a row. */
import { css } from '../css.ts';

export const itemRoomStyles = css`
  @container (min-width: 1800px) {
    .item-row {
      grid-template-columns: minmax(9rem, 30rem) minmax(var(--_strip), calc(1.5 * var(--_strip))) minmax(9rem, 12rem) minmax(13.5rem, 17rem) minmax(14rem, 1fr);
      gap: 0 32px;
    }
  }
  @container (max-width: 1040px) {
    .words.alone .word {
      -webkit-line-clamp: 3;
      line-height: 14px;
    }
    .drawn .state {
      font-size: 12.5px;
    }
    .item-row {
      grid-template-columns: minmax(8rem, 1fr) minmax(6rem, calc(0.55 * var(--_strip))) 9.75rem minmax(9.5rem, 1fr);
      gap: 0 12px;
    }
    .item-row > :is(.item, .days, .state) {
      grid-row: 1 / 3;
    }
    .item-row > .state {
      grid-column: 4;
    }
    .item-row > :is(.success, .duration) {
      grid-column: 3;
      padding-inline-start: 8px;
    }
    .drawn > .item-row > .success {
      align-self: end;
    }
    .drawn > .item-row > .duration {
      align-self: start;
      flex-wrap: nowrap;
      gap: 6px;
      color: var(--_ink-2);
      font-size: 12.5px;
    }
    .drawn > .item-row > .duration :is(svg, .usually:not(:only-child)),
    .item-row.head > .duration {
      display: none;
    }
    .drawn > .item-row > .duration small {
      flex: 0 1 auto;
    }
    .item-row.head > .success {
      grid-row: 1 / 3;
    }
  }

  [data-tight] .choice {
    flex: 1 1 100%;
    justify-content: space-between;
    font-size: 12px;
  }
  [data-tight] .choice select {
    padding-inline: 6px;
  }
  [data-tight] .item-row {
    grid-template-columns: minmax(0, 1fr) 3rem 6.5rem;
    grid-template-rows: 20px 42px;
    gap: 0 8px;
    align-content: center;
    padding-inline: 12px;
  }
  [data-tight] .item-row > .duration,
  [data-tight] .item small,
  [data-tight] .success small,
  [data-tight] .words .code {
    display: none;
  }
  [data-tight] .drawn > .item-row > .item {
    grid-area: 1 / 1 / 2 / 3;
  }
  [data-tight] .drawn > .item-row > .success {
    grid-area: 1 / 3 / 2 / 4;
    align-self: center;
    justify-self: end;
    padding: 0;
  }
  [data-tight] .age[data-overdue] {
    margin: 0;
    padding: 1px 6px;
  }
  [data-tight] .drawn > .item-row > .days {
    grid-area: 2 / 1 / 3 / 2;
  }
  [data-tight] .drawn > .item-row > .state {
    grid-area: 2 / 2 / 3 / 4;
  }
  [data-tight] .words .word {
    line-height: 16px;
  }
`;
