// SPDX-License-Identifier: MIT
// <sc-dialogs>: the dialog that is open. Each is a chunk of its own, fetched when it is first asked for.
import { nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { DialogName } from '../model/dialogs.ts';
import { Panel } from '../ui/dom.ts';

/** A dialog's module gives the template of its element. */
interface DialogModule {
  readonly dialog: (app: App) => TemplateResult;
}
const kDialogs: Readonly<Record<DialogName, () => Promise<DialogModule>>> = {
  settings: () => import('./settings/settings-dialog.ts'),
  projects: () => import('./projects/projects-dialog.ts'),
  palette: () => import('./command-palette.ts'),
  keys: () => import('./key-sheet.ts'),
  preset: () => import('./preset-dialog.ts'),
};

export class ScDialogs extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private readonly loaded = new Map<DialogName, DialogModule>();
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.app.dialogs.on('change', () => this.follow());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private follow(): void {
    const { dialogs } = this.app;
    const { current } = dialogs;
    if (current === undefined) {
      this.requestUpdate();
      const { opener } = dialogs;
      dialogs.opener = undefined;
      void this.updateComplete.then(() => opener?.isConnected && opener.focus());
      return;
    }
    const focused = document.activeElement;
    if (focused instanceof HTMLElement && !focused.closest('dialog')) dialogs.opener = focused;
    if (this.loaded.has(current)) this.requestUpdate();
    else {
      void this.app.attempt(async () => {
        this.loaded.set(current, await kDialogs[current]());
        this.requestUpdate();
      });
    }
  }

  override render() {
    const { current } = this.app.dialogs;
    const module = current === undefined ? undefined : this.loaded.get(current);
    return module ? module.dialog(this.app) : nothing;
  }
}
customElements.define('sc-dialogs', ScDialogs);
