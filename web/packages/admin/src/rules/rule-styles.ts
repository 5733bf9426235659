import { css } from 'lit';

/** Conditions: controls beside each other, on a phone below each other. */
export const ruleStyles = css`
  .condition {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5rem;
    align-items: flex-start;
  }
  .condition > wa-select,
  .condition > app-operand-input {
    flex: 1 1 9rem;
    min-width: 0;
  }
  .condition > app-operand-input {
    flex: 2 1 17rem;
  }
  .condition > .remove {
    flex: none;
  }
  wa-select::part(form-control-label),
  wa-input::part(form-control-label),
  wa-tag-input::part(form-control-label),
  wa-textarea::part(form-control-label),
  wa-checkbox-group::part(form-control-label) {
    position: absolute;
    clip-path: inset(50%);
  }
  @media (max-width: 760px) {
    .condition > wa-select,
    .condition > app-operand-input {
      flex: 1 1 100%;
    }
  }
`;
