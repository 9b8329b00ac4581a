/** The strip of an item's days. */
import { css } from '../css.ts';

export const stripStyles = css`
  .strip {
    width: 100%;
    height: 22px;
    overflow: visible;
    fill: none;
    stroke: none;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .strip:dir(rtl) {
    transform: scaleX(-1);
  }
  .strip path {
    vector-effect: non-scaling-stroke;
    stroke-width: 1.5px;
  }
  .strip .good {
    fill: var(--_completed);
    opacity: 0.7;
  }
  .strip .failed {
    fill: var(--_failed);
    stroke: var(--_surface);
  }
  .strip.dense :is(.failed, .warned) {
    stroke-width: 1px;
  }
  .strip .warned {
    fill: var(--_warning-soft);
    stroke: var(--_warning);
  }
  .strip .running {
    stroke: var(--_accent);
    stroke-width: 2px;
  }
  .strip :is(.cancelled, .untold) {
    stroke: var(--_ink-3);
  }
  .strip .absent {
    stroke: var(--_ink-3);
    stroke-width: 1px;
    stroke-linecap: butt;
    stroke-dasharray: 2.5 2.5;
  }
  .strip .unread {
    stroke: var(--_ink-3);
    stroke-width: 3px;
  }

  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    padding: 8px 20px;
    border-block-start: 1px solid var(--_line);
    color: var(--_ink-3);
    font-size: 12px;
    line-height: 16px;
    list-style: none;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .legend .strip {
    width: 14px;
    height: 15px;
  }
  [data-tight] .legend {
    padding-inline: 12px;
  }

  @media (forced-colors: active) {
    .strip path {
      forced-color-adjust: none;
    }
    .strip :is(.warned, .cancelled, .untold, .absent, .unread) {
      stroke: CanvasText;
    }
    .strip .good {
      fill: CanvasText;
      stroke: none;
      opacity: 0.4;
    }
    .strip .warned {
      fill: none;
    }
    .strip .failed {
      fill: CanvasText;
      stroke: Canvas;
    }
    .strip .running {
      stroke: Highlight;
    }
  }
`;
