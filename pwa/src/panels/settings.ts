// SPDX-License-Identifier: MIT
// The few settings there are: how it looks, and whether the guitar is heard.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { segments, toggle } from '../ui/parts.ts';

export type Theme = 'system' | 'dark' | 'light';
const kKey = 'sonic-core.theme';

export function storedTheme(app: App): Theme {
  const theme = app.store?.getItem(kKey);
  return theme === 'dark' || theme === 'light' ? theme : 'system';
}
export function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
}

export function settings(app: App, close: () => void, update: () => void): TemplateResult {
  const { microphone } = app;
  const setTheme = (theme: Theme) => {
    app.store?.setItem(kKey, theme);
    applyTheme(theme);
    update();
  };
  const monitor = (isOn: boolean) => {
    // Asked each time: the headphones may have come off since.
    if (isOn) {
      close();
      microphone.flow.send({ type: 'start' });
    } else {
      microphone.flow.send({ type: 'confirm', headphones: false });
      update();
    }
  };
  return html`<div class="settings-panel">
    <div class="setting">
      <span class="soft">Look</span>
      ${segments(
        'Look',
        [
          { value: 'system', label: 'System' },
          { value: 'dark', label: 'Dark' },
          { value: 'light', label: 'Light' },
        ] as const,
        storedTheme(app),
        setTheme,
      )}
    </div>
    ${
      microphone.isConnected
        ? html`<div class="setting">
            ${toggle('Hear my guitar', microphone.monitoring, monitor)}
          </div>`
        : nothing
    }
    <div class="setting">
      <button
        class="button"
        @click=${() => {
          close();
          microphone.flow.send({ type: 'start' });
        }}
      >
        ${microphone.isConnected ? 'Check the input' : 'Plug in a guitar'}
      </button>
    </div>
  </div>`;
}
