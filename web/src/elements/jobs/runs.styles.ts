/** Earlier runs of an item. */
import { css } from '../css.ts';

export const runsStyles = css`
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

  @media (forced-colors: active) {
    .runs i {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
