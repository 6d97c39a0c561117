// SPDX-License-Identifier: MIT
import { html } from 'lit';
import { segments } from '../../ui/parts.ts';
import type { SettingsPage } from './page.ts';
import { keepTheme, storedTheme } from './theme.ts';

export const appearancePage: SettingsPage = {
  id: 'appearance',
  label: 'Appearance',
  render: (app, update) =>
    html`<div class="setting">
      <span class="soft">Look</span>
      ${segments(
        'Look',
        [
          { value: 'system', label: 'System' },
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
        ] as const,
        storedTheme(app),
        (theme) => {
          keepTheme(app, theme);
          update();
        },
      )}
    </div>`,
};
