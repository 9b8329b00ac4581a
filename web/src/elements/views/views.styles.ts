/** Protected items, and failures by their causes. What both share with the list of jobs stands in its sheets. */
import { css } from '../css.ts';
import { failureStyles } from './failures.styles.ts';
import { historyStyles } from './history.styles.ts';
import { itemStyles } from './items.styles.ts';
import { itemRoomStyles } from './items_room.styles.ts';
import { stripStyles } from './strip.styles.ts';

const shared = css`
  :is(.item-view, .failure-view) {
    display: block;
    min-width: 0;
  }
  .headline {
    display: grid;
    gap: 2px;
    padding: 12px 20px;
  }
  .headline h3 {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    margin: 0;
    font-size: 15px;
    font-weight: 600;
    line-height: 20px;
  }
  .headline .mark {
    padding-block-start: 2px;
  }
  .headline [data-state='failed'] .sentence {
    color: var(--_failed);
  }
  [data-tight] .headline {
    padding-inline: 12px;
  }
  .item-view .check {
    display: flex;
    align-items: center;
    gap: 6px;
    min-height: 32px;
    color: var(--_ink-2);
    font-size: 12.5px;
  }
  .item-view .check input {
    flex: none;
    width: 16px;
    height: 16px;
    margin: 0;
    accent-color: var(--_accent);
  }
  .waiting {
    min-height: 384px;
    align-content: start;
    gap: 36px;
  }
`;

/** The whole sheet, on top of theme, listStyles and gridStyles. */
export const viewStyles = shared + itemStyles + itemRoomStyles + stripStyles + historyStyles + failureStyles;
