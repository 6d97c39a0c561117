// SPDX-License-Identifier: MIT
// <sc-master>: the output, always in view. Upright beside the rack; on a phone (attribute `bar`) a bar below it.
import { html, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { toDb } from '../ui/level.ts';
import { Panel } from '../ui/dom.ts';
import { ScFader, volumeText } from '../ui/fader.ts';
import { icon } from '../ui/icons.ts';
import { openPopover } from '../ui/popover.ts';
import { playButton, recordButton, tapButton } from './transport.ts';
import '../ui/meter.ts';

export class ScMaster extends Panel {
  static override properties = { app: { attribute: false }, bar: { type: Boolean } };
  declare app: App;
  declare bar: boolean;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.bar = false;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    this.stops = [
      app.on('change', () => this.requestUpdate()),
      app.levels.onDraw((atMs) => {
        const peaks = app.levels.shown('@out')?.peak.map(toDb) ?? [];
        this.querySelector('sc-meter')?.show(peaks, atMs);
      }),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  private setVolume(event: CustomEvent<{ value: number }>): void {
    if (event.target instanceof ScFader) this.app.master.setVolume(event.detail.value);
  }

  private get muteButton(): TemplateResult {
    const { master } = this.app;
    return html`<button
      class="button mute"
      aria-pressed=${master.muted}
      aria-label="Mute"
      title="Mute"
      @click=${() => master.setMuted(!master.muted)}
    >
      ${icon('mute', this.bar ? 20 : 16)}<span class="word">Mute</span>
    </button>`;
  }

  private get clipLight(): TemplateResult {
    const { master } = this.app;
    return html`<button
      class="pill clip-light"
      ?data-on=${master.clipped}
      title=${master.clipped ? 'The output went over 0 dB. Press to clear.' : 'Has not clipped'}
      @click=${() => master.clearClip()}
    >
      ${master.clipped ? 'Clip' : 'No clip'}
    </button>`;
  }

  /** On a phone the fader lies in a panel that the value opens. */
  private openVolume(anchor: HTMLElement): void {
    const { master } = this.app;
    openPopover(anchor, {
      role: 'dialog',
      label: 'Volume',
      className: 'volume-popover',
      beside: anchor.closest('aside') ?? anchor,
      render: () =>
        html`<sc-fader
          flat
          aria-label="Volume"
          .value=${master.volumeDb}
          @sc-input=${(event: CustomEvent<{ value: number }>) => this.setVolume(event)}
        ></sc-fader>`,
    });
  }

  private renderBar(): TemplateResult {
    const { app } = this;
    if (!app.engine) {
      return html`<aside class="master-bar waiting" aria-label="Output">
        ${tapButton(app)} ${this.muteButton}
      </aside>`;
    }
    return html`<aside class="master-bar" aria-label="Output">
      ${playButton(app)} ${recordButton(app)}
      <div class="levels">
        <sc-meter flat channels="2"></sc-meter>
        <div class="facts">
          ${this.clipLight}<span class="lamp" ?data-on=${app.master.limiting}></span
          ><span class="grow"></span
          ><button
            class="volume-value"
            aria-haspopup="true"
            aria-label="Volume ${volumeText(app.master.volumeDb)}"
            @click=${(event: Event) => this.openVolume(event.currentTarget as HTMLElement)}
          >
            ${volumeText(app.master.volumeDb)}
          </button>
        </div>
      </div>
      ${this.muteButton}
    </aside>`;
  }

  override render() {
    if (this.bar) return this.renderBar();
    const { master } = this.app;
    return html`<aside class="master" aria-label="Output">
      <span class="micro soft title">Output</span>
      ${this.clipLight}
      <div class="column">
        <sc-meter scale channels="2"></sc-meter
        ><sc-fader
          aria-label="Volume"
          .value=${master.volumeDb}
          @sc-input=${(event: CustomEvent<{ value: number }>) => this.setVolume(event)}
        ></sc-fader>
      </div>
      <div class="volume" aria-hidden="true">
        <div class="strong">${volumeText(master.volumeDb)}</div>
        <div class="micro quiet">Volume</div>
      </div>
      ${this.muteButton}
      <span class="micro quiet limiter"
        ><span class="lamp" ?data-on=${master.limiting}></span
        ><span>${master.limiting ? 'Limiting' : 'Limiter'} −1 dB</span></span
      >
    </aside>`;
  }
}
customElements.define('sc-master', ScMaster);
