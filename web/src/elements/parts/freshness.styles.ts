/** The line that says how fresh things are, and the notice of what stands in the way. */
import { css } from '../css.ts';

export const freshnessStyles = css`
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
    background: var(--_ink-3);
  }

  [data-contact='fresh'] > .dot {
    background: var(--_completed);
  }

  :is([data-contact='retrying'], [data-contact='throttled'], [data-contact='offline'], [data-contact='waiting-for-token'], [data-contact='sign-in'], [data-contact='stopped']) > .dot {
    border-radius: 0;
    background: var(--_warning);
  }

  .notice {
    display: grid;
    gap: 4px;
    padding: 12px 14px;
    border-radius: 8px;
    background: var(--_warning-soft);
    overflow-wrap: anywhere;
  }

  .notice strong {
    color: var(--_warning);
    font-weight: 600;
  }

  .notice .quiet {
    color: var(--_ink-2);
  }

  @media (forced-colors: active) {
    .dot {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
