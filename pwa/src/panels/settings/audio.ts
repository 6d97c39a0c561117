// SPDX-License-Identifier: MIT
import { html, nothing } from 'lit';
import { toggle } from '../../ui/parts.ts';
import type { SettingsPage } from './page.ts';

export const audioPage: SettingsPage = {
  id: 'audio',
  label: 'Audio',
  render: (app, update) => {
    const { microphone } = app;
    const plugIn = () => {
      app.dialogs.close();
      microphone.flow.send({ type: 'start' });
    };
    const monitor = (isOn: boolean) => {
      // Asked each time: the headphones may have come off since.
      if (isOn) plugIn();
      else {
        microphone.flow.send({ type: 'confirm', headphones: false });
        update();
      }
    };
    return html`${
        microphone.isConnected
          ? html`<div class="setting">
              ${toggle('Hear my guitar', microphone.monitoring, monitor)}
            </div>`
          : nothing
      }
      <div class="setting">
        <button class="button" @click=${plugIn}>
          ${microphone.isConnected ? 'Check the input' : 'Plug in a guitar'}
        </button>
      </div>`;
  },
};
