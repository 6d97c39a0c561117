// SPDX-License-Identifier: MIT
// <sc-recording>: the take that is being recorded: its picture as it grows, its level, and how long it can still go on.
import { html, nothing } from 'lit';
import { timeText } from '../format/room.ts';
import { isClipped, peakText } from '../format/peak.ts';
import type { App } from '../model/app.ts';
import { clock } from '../model/takes.ts';
import { Panel } from '../ui/dom.ts';
import { toDb } from '../ui/level.ts';
import type { ScMeter } from '../ui/meter.ts';
import type { ScWaveform } from '../ui/waveform.ts';
import '../ui/meter.ts';
import '../ui/waveform.ts';

const kTickMs = 200;
/** The picture fills from the left until then; later it shrinks. */
const kLeastSpanSeconds = 10;

export class ScRecording extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private timer: ReturnType<typeof setInterval> | undefined;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.requestUpdate(), kTickMs);
    this.stop = this.app.levels.onFrame((atMs) => {
      const level = this.app.levels.level('@in');
      this.querySelector<ScMeter>('sc-meter')?.show((level?.peak ?? []).map(toDb), atMs);
    });
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.stop?.();
  }

  protected override updated(): void {
    const { recorder } = this.app.takes;
    if (!recorder) return;
    const seconds = recorder.frames / recorder.record.sampleRateHz;
    this.querySelector<ScWaveform>('sc-waveform')?.showGrowing(
      recorder.peaks,
      seconds,
      kLeastSpanSeconds,
    );
  }

  override render() {
    const { takes } = this.app;
    const { recorder } = takes;
    if (!recorder) return nothing;
    const { sampleRateHz, name } = recorder.record;
    const seconds = recorder.frames / sampleRateHz;
    const left = takes.room.secondsLeft(sampleRateHz, seconds);
    return html`<section class="recording-take" aria-label=${`Recording ${name}`}>
      <div class="take-line">
        <span class="record-dot"></span><span class="take-name">${name}</span
        ><span class="fact number">${clock(seconds)}</span>
      </div>
      <sc-waveform></sc-waveform>
      ${
        this.app.microphone.isConnected
          ? html`<div class="level-line" aria-hidden="true">
              <span class="micro soft">In</span><sc-meter flat></sc-meter>
            </div>`
          : nothing
      }
      <div class="take-facts">
        <span class="number ${recorder.wetPeak > 1 ? 'over' : ''}" title="Highest level so far"
          ><span class="visually-hidden">Highest level </span>${peakText(recorder.wetPeak)}</span
        >
        ${
          isClipped(recorder.dryPeak)
            ? html`<span class="over" role="status">Input clipped</span>`
            : nothing
        }
        <span class="left">${timeText(left)} left</span>
      </div>
    </section>`;
  }
}
customElements.define('sc-recording', ScRecording);
