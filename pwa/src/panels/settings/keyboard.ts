// SPDX-License-Identifier: MIT
import { html } from 'lit';
import type { SettingsPage } from './page.ts';
import './keyboard-page.ts';

export const keyboardPage: SettingsPage = {
  id: 'keyboard',
  label: 'Keyboard',
  render: (app) => html`<sc-keyboard-page .app=${app}></sc-keyboard-page>`,
  foot: (app) =>
    html`<button
      class="button quiet-button"
      ?disabled=${!app.keys.hasOwn}
      @click=${() => app.keys.resetAll()}
    >
      Reset all keys
    </button>`,
};
