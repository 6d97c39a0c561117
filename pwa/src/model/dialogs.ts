// SPDX-License-Identifier: MIT
// Which dialog is open. One at a time; what each of them is stands in panels/dialogs.ts.
import { Emitter } from './emitter.ts';

export type DialogName = 'settings' | 'palette' | 'keys' | 'preset' | 'projects';

export class Dialogs extends Emitter<{ change: undefined }> {
  current: DialogName | undefined;
  /** Which part of it: a page of the settings, for example. */
  about = '';
  /** Had the focus when the dialog was asked for, and gets it back. */
  opener: HTMLElement | undefined;

  open(name: DialogName, about = ''): void {
    this.current = name;
    this.about = about;
    this.emit('change', undefined);
  }
  close(): void {
    if (this.current === undefined) return;
    this.current = undefined;
    this.about = '';
    this.emit('change', undefined);
  }
}
