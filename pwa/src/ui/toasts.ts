// SPDX-License-Identifier: MIT
// Toasts and offers. They stand in the dialog that is open, if one is: nothing outside of it can be pressed then.
import { html, nothing, type TemplateResult } from 'lit';
import type { Shell, Toast } from '../model/shell.ts';
import { iconButton } from './parts.ts';

const toast = ({ text, action }: Toast, onPressed: () => void, onClose?: () => void) =>
  html`<div class="toast">
    ${text}
    ${
      action
        ? html`<button
            class="button quiet-button"
            @click=${() => {
              action.run();
              onPressed();
            }}
          >
            ${action.label}
          </button>`
        : nothing
    }
    ${onClose ? iconButton('close', 'Not now', onClose) : nothing}
  </div>`;

export const toasts = (shell: Shell): TemplateResult =>
  html`<div class="toasts" role="status">
    ${shell.toasts.map((each) => toast(each, () => shell.unsay(each)))}
    ${[...shell.offers.values()].map((each) => toast(each, () => {}, each.onClose))}
  </div>`;
