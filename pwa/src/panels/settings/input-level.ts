// SPDX-License-Identifier: MIT
// <sc-input-level>: what comes in, and the highest of it as a number.
import { html } from 'lit';
import { fixed } from '../../format/units.ts';
import type { App } from '../../model/app.ts';
import { peakDb } from '../../model/levels.ts';
import { Panel } from '../../ui/dom.ts';
import '../../ui/meter.ts';

export class ScInputLevel extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.app.levels.onDraw((atMs) => this.show(atMs));
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private show(atMs: number): void {
    const meter = this.querySelector('sc-meter');
    const text = this.querySelector('.level-text');
    if (!meter || !text) return;
    meter.show([peakDb(this.app.levels.shown('@in'))], atMs);
    const held = meter.peakDb;
    text.textContent = Number.isFinite(held) ? `${fixed(held, 1)} dB` : '– –';
  }

  override render() {
    return html`<sc-meter flat channels="1"></sc-meter><span class="level-text soft">– –</span>`;
  }
}
customElements.define('sc-input-level', ScInputLevel);
