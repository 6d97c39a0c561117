// SPDX-License-Identifier: MIT
import { html } from 'lit';
import type { SettingsPage } from './page.ts';
import './midi-page.ts';

export const midiPage: SettingsPage = {
  id: 'midi',
  label: 'MIDI',
  render: (app) => html`<sc-midi-page .app=${app}></sc-midi-page>`,
};
