// SPDX-License-Identifier: MIT
import type { TemplateResult } from 'lit';
import type { App } from '../../model/app.ts';

/** One page of the settings. Its address in `dialogs.open('settings', id)` is its id. */
export interface SettingsPage {
  readonly id: string;
  readonly label: string;
  readonly render: (app: App, update: () => void) => TemplateResult;
  /** At the left of the dialog's foot. */
  readonly foot?: (app: App) => TemplateResult;
}
