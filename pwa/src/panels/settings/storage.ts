// SPDX-License-Identifier: MIT
import { html } from 'lit';
import type { SettingsPage } from './page.ts';
import './storage-page.ts';

export const storagePage: SettingsPage = {
  id: 'storage',
  label: 'Projects and storage',
  render: (app) => html`<sc-storage-page .app=${app}></sc-storage-page>`,
};
