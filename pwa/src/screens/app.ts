// SPDX-License-Identifier: MIT
// <sc-app>: the screen that is on, and what lies over all screens.
import { html, nothing } from 'lit';
import type { App } from '../model/app.ts';
import { dispatchKey } from '../commands/dispatch.ts';
import { Panel } from '../ui/dom.ts';
import { toasts } from '../ui/toasts.ts';
import './first.ts';
import './rack-screen.ts';
import '../panels/dialogs.ts';
import '../panels/plug-in-dialog.ts';
import '../faces/element.ts';
import { ScKnob } from '../ui/knob.ts';
import '../ui/select.ts';

export class ScApp extends Panel {
  static override properties = { app: { attribute: false }, dropping: { state: true } };
  declare app: App;
  declare dropping: boolean;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.dropping = false;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [
      this.app.on('change', () => this.requestUpdate()),
      this.app.announcer.on('change', () => this.requestUpdate()),
      this.app.dialogs.on('change', () => this.requestUpdate()),
    ];
    addEventListener('keydown', this.key);
    this.addEventListener('sc-menu', this.menu);
    addEventListener('dragover', this.dragOver);
    addEventListener('dragleave', this.dragLeave);
    addEventListener('drop', this.drop);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    removeEventListener('keydown', this.key);
    removeEventListener('dragover', this.dragOver);
    removeEventListener('dragleave', this.dragLeave);
    removeEventListener('drop', this.drop);
  }

  private readonly key = (event: KeyboardEvent): void => dispatchKey(this.app, event);
  private readonly menu = (event: Event): void => {
    const knob = event.target;
    if (!(knob instanceof ScKnob)) return;
    void this.app.attempt(async () => {
      const { openKnobMenu } = await import('../panels/knob-menu.ts');
      await openKnobMenu(this.app, knob);
    });
  };
  private readonly skip = (event: Event): void => {
    event.preventDefault();
    const first = this.querySelector<HTMLElement>('.card[tabindex="0"]');
    (first ?? this.querySelector<HTMLElement>('.add-module'))?.focus();
  };
  private readonly dragOver = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.dropping = true;
  };
  private readonly dragLeave = (event: DragEvent): void => {
    if (event.relatedTarget === null) this.dropping = false;
  };
  private readonly drop = (event: DragEvent): void => {
    this.dropping = false;
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    const item = (event.target as Element).closest<HTMLElement>('li[data-node]');
    void this.app.files.take(file, item?.dataset['node']);
  };

  override render() {
    const { app } = this;
    return html`${
        app.screen === 'first'
          ? html`<sc-first .app=${app}></sc-first>`
          : html`<a class="skip-link" href="#rig" @click=${this.skip}>Skip to the rig</a
              ><sc-rack-screen .app=${app}></sc-rack-screen>`
      } <sc-plug-in .app=${app}></sc-plug-in> <sc-dialogs .app=${app}></sc-dialogs>
      ${this.dropping ? html`<div class="drop-frame" aria-hidden="true"></div>` : nothing}
      <div class="visually-hidden" aria-live="polite" .textContent=${app.announcer.text}></div>
      ${app.dialogs.current === undefined ? toasts(app.shell) : nothing}`;
  }
}
customElements.define('sc-app', ScApp);
