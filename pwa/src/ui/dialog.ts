// SPDX-License-Identifier: MIT
// What every dialog shares: a bar with its name and a cross, a body, a foot; Esc closes.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { Panel } from './dom.ts';
import { iconButton } from './parts.ts';
import { toasts } from './toasts.ts';

export abstract class DialogPanel extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  protected abstract readonly heading: string;
  protected readonly className_: string = '';
  private stops: (() => void)[] = [];

  protected abstract body(): TemplateResult;
  protected bar(): TemplateResult | typeof nothing {
    return html`<div class="bar">
      <h2 class="head grow">${this.heading}</h2>
      ${iconButton('close', 'Close', () => this.close())}
    </div>`;
  }
  protected foot(): TemplateResult | typeof nothing {
    return nothing;
  }
  /** What the dialog shows follows these; called when it appears. */
  protected watch(): readonly (() => void)[] {
    return [this.app.on('change', () => this.requestUpdate())];
  }
  protected close(): void {
    this.app.dialogs.close();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [...this.watch()];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }
  protected override updated(_changed?: PropertyValues): void {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  override render() {
    return html`<dialog
      class="dialog ${this.className_}"
      aria-label=${this.heading}
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.close();
      }}
    >
      ${this.bar()} ${this.body()} ${this.foot()} ${toasts(this.app.shell)}
    </dialog>`;
  }
}
