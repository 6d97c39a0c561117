// SPDX-License-Identifier: MIT
// <sc-tuner>: the tuner's view.
import { html, svg } from 'lit';
import { keyName, type Pitch, pitchOf } from '../format/pitch.ts';
import { fixed } from '../format/units.ts';
import type { App } from '../model/app.ts';
import { kTunerNode } from '../model/tuner-tap.ts';
import { Panel } from '../ui/dom.ts';
import { toggle } from '../ui/parts.ts';

/** Standard tuning, as MIDI keys. */
const kStrings = [40, 45, 50, 55, 59, 64];
/** Within this a string is in tune to any ear. */
const kInTuneCents = 2;
const kPixelsPerCent = 6;
/** A string's last reading stays a moment, so that it can be read. */
const kStayMs = 1200;

export class ScTuner extends Panel {
  static override properties = { app: { attribute: false }, pitch: { state: true } };
  declare app: App;
  declare pitch: Pitch | undefined;
  private heardAt = 0;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.pitch = undefined;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.app.tuner.open();
    this.stops = [
      this.app.levels.onDraw((atMs) => this.listen(atMs)),
      this.app.tuner.on('change', () => this.requestUpdate()),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.app.tuner.close();
  }

  private listen(atMs: number): void {
    const hz = this.app.levels.reading(kTunerNode, 'frequency')?.[0] ?? 0;
    const pitch = pitchOf(hz);
    if (pitch) this.heardAt = atMs;
    if (pitch || atMs - this.heardAt > kStayMs) this.pitch = pitch;
  }

  private get nearest(): number {
    const { pitch } = this;
    if (!pitch) return -1;
    const exact = pitch.key + pitch.cents / 100;
    const off = kStrings.map((key) => Math.abs(key - exact));
    const least = Math.min(...off);
    return least < 2.5 ? off.indexOf(least) : -1;
  }

  private scale() {
    const { pitch } = this;
    const middle = 152;
    const ticks = Array.from({ length: 51 }, (_, i) => i - 25).map((cents) => {
      const tall = cents === 0 ? 28 : cents % 5 === 0 ? 14 : 8;
      const hue =
        cents === 0
          ? 'var(--text-1)'
          : Math.abs(cents) <= kInTuneCents
            ? 'var(--signal)'
            : 'var(--line-3)';
      return svg`<rect x=${middle + cents * kPixelsPerCent - 1} y=${34 - tall} width="2" height=${tall} rx="1" fill=${hue}/>`;
    });
    const at = middle + Math.max(-25, Math.min(25, pitch?.cents ?? 0)) * kPixelsPerCent;
    const hue = pitch && Math.abs(pitch.cents) <= kInTuneCents ? 'var(--signal)' : 'var(--text-1)';
    return html`<svg viewBox="0 0 304 46" class="cents" aria-hidden="true">
      ${ticks}${pitch ? svg`<path d="M${at.toFixed(1)} 36l6 9h-12z" fill=${hue}/>` : ''}
    </svg>`;
  }

  override render() {
    const { pitch, app } = this;
    const inTune = pitch !== undefined && Math.abs(pitch.cents) <= kInTuneCents;
    const cents = pitch ? `${pitch.cents > 0.05 ? '+' : ''}${fixed(pitch.cents, 1)} cent` : '– –';
    const word = pitch ? (inTune ? 'in tune' : pitch.cents < 0 ? 'tune up' : 'tune down') : '';
    return html`<div class="tuner">
      <div class="row">
        <span class="strong grow">Tuner</span>
        ${toggle('Mute while tuning', app.tuner.mutes, (on) => app.tuner.setMutes(on))}
      </div>
      <div class="row note">
        <span class="name">${pitch?.name ?? '–'}</span
        ><span class="octave soft">${pitch?.octave ?? ''}</span>
        <span class="grow"></span>
        <div class="figures">
          <div class="head ${inTune ? 'sounding' : ''}">${cents}</div>
          <div class="micro quiet">
            ${pitch ? `${fixed(pitch.hz, 2)} Hz, ${word}` : 'Play one string'}
          </div>
        </div>
      </div>
      ${this.scale()}
      <div class="strings" aria-hidden="true">
        ${kStrings.map(
          (key, i) =>
            html`<span ?data-near=${i === this.nearest} ?data-tuned=${i === this.nearest && inTune}
              >${keyName(key)}</span
            >`,
        )}
      </div>
      <div class="row small quiet">
        <span class="grow">Standard</span><span>A4 = 440.0 Hz</span>
      </div>
    </div>`;
  }
}
customElements.define('sc-tuner', ScTuner);
