// SPDX-License-Identifier: MIT
// <sc-transport>: play, stop, record, and what playing costs.
import { html, type TemplateResult } from 'lit';
import { fixed } from '../format/units.ts';
import type { App } from '../model/app.ts';
import { clock } from '../model/takes.ts';
import { Panel } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { openPopover } from '../ui/popover.ts';
import { sourceSwitch } from './source.ts';

export const playButton = (app: App): TemplateResult =>
  html`<button
    class="transport-button play"
    ?data-on=${app.isPlaying}
    aria-label=${app.isPlaying ? 'Stop' : 'Play'}
    title=${app.isPlaying ? 'Stop (space)' : 'Play (space)'}
    @click=${() => app.togglePlay()}
  >
    ${icon(app.isPlaying ? 'stop' : 'play', 18)}
  </button>`;

/** Instead of what plays, while there is nothing that could: the first press of a visit. */
export const tapButton = (app: App): TemplateResult => {
  const isStarting = app.demo.state === 'starting';
  return html`<button
    class="button ${app.shell.hasPrimary ? '' : 'primary'} tap"
    ?disabled=${isStarting}
    @click=${() => app.startSound()}
  >
    ${icon('play', 16)}${isStarting ? 'Starting' : 'Tap to start sound'}
  </button>`;
};

export const recordButton = (app: App): TemplateResult => {
  const isOn = app.takes.recordingSince !== undefined;
  return html`<button
    class="transport-button record"
    aria-label=${isOn ? 'Stop recording' : 'Record a take'}
    title=${isOn ? 'Stop recording (R)' : 'Record a take (R)'}
    aria-pressed=${isOn}
    @click=${() => void app.toggleRecord()}
  >
    ${icon(isOn ? 'stop' : 'record', 18)}
  </button>`;
};

const fact = (value: string, name: string, className = '') =>
  html`<span class="cell ${className}"><b>${value}</b><i>${name}</i></span>`;

const known = (value: number, text: (value: number) => string) =>
  Number.isFinite(value) ? text(value) : '– –';
const ms = (value: number) => `${fixed(value, 1)} ms`;

export class ScTransport extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private stop: (() => void) | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.app.on('change', () => this.requestUpdate());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    clearInterval(this.timer);
  }

  protected override updated(): void {
    // The time of a recording goes on by itself.
    const isRecording = this.app.takes.recordingSince !== undefined;
    if (isRecording) this.timer ??= setInterval(() => this.requestUpdate(), 250);
    else {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private get latencyMs(): number {
    const { roundTripMs } = this.app.audio;
    if (roundTripMs !== undefined) return roundTripMs;
    const latency = this.app.engine?.latency;
    return latency ? latency.baseMs + latency.outputMs + latency.ownMs : Number.NaN;
  }

  /** What costs the most: timed by the worker when it is asked for. */
  private weigh(anchor: HTMLElement): void {
    let found: Awaited<ReturnType<App['health']['heaviest']>> | undefined;
    const percent = (share: number) =>
      share < 0.001 ? 'below 0.1 %' : `${fixed(100 * share, 1)} %`;
    const panel = openPopover(anchor, {
      role: 'dialog',
      label: 'Load',
      className: 'facts-popover',
      render: () =>
        html`<div class="strong">What costs the most (estimated)</div>
          <div role="status">
            ${
              found
                ? found
                    .slice(0, 6)
                    .map(
                      ({ label, share }) =>
                        html`<div class="fact-row">
                          <span class="soft">${label}</span><b>${percent(share)}</b>
                        </div>`,
                    )
                : html`<span class="quiet">Timing each module</span>`
            }
          </div>
          <p class="small quiet">Share of the time there is, each module timed alone.</p>`,
    });
    void this.app.attempt(async () => {
      found = await this.app.health.heaviest();
      panel.update();
    });
  }

  /** What the one figure is made of. */
  private explain(anchor: HTMLElement): void {
    const { app } = this;
    openPopover(anchor, {
      role: 'dialog',
      label: 'Latency',
      className: 'facts-popover',
      render: () => {
        const latency = app.engine?.latency;
        const row = (name: string, value: number | undefined) =>
          html`<div class="fact-row">
            <span class="soft">${name}</span><b>${known(value ?? Number.NaN, ms)}</b>
          </div>`;
        return html`${row('Browser’s processing', latency?.baseMs)}
          ${row('To the loudspeaker', latency?.outputMs)} ${row('Sonic-Core', latency?.ownMs)}
          <hr />
          ${
            app.audio.roundTripMs === undefined
              ? html`${row('Together', this.latencyMs)}
                  <p class="small quiet">
                    As the browser reports it. What the interface adds on the way in is not in it:
                    measure it in Settings → Audio.
                  </p>`
              : html`${row('Round trip, measured', app.audio.roundTripMs)}`
          }`;
      },
    });
  }

  override render() {
    const { app } = this;
    const since = app.takes.recordingSince;
    return html`<footer class="transport" aria-label="Transport">
      <div class="row gap-3">
        <div class="row gap-1">${playButton(app)} ${recordButton(app)}</div>
        <span class="rule"></span>${sourceSwitch(app)}
      </div>
      <div class="middle">
        ${
          !app.engine
            ? tapButton(app)
            : since === undefined
              ? html`<span class="soft now">${this.status}</span>`
              : html`<span class="cell recording"
                  ><b>${clock((performance.now() - since) / 1000)}</b><i>Recording</i></span
                >`
        }
      </div>
      <div class="row gap-4 end">
        <button
          class="cell"
          aria-haspopup="true"
          ?disabled=${!app.engine}
          @click=${(event: Event) => this.weigh(event.currentTarget as HTMLElement)}
        >
          <b>${known(app.loadShare, (share) => `${Math.round(share * 100)} %`)}</b><i>Load</i>
        </button>
        <button
          class="cell"
          aria-haspopup="true"
          @click=${(event: Event) => this.explain(event.currentTarget as HTMLElement)}
        >
          <b>${known(this.latencyMs, ms)}</b
          ><i>${app.audio.roundTripMs === undefined ? 'Latency' : 'Round trip'}</i>
        </button>
        ${fact(app.engine ? String(app.dropouts) : '– –', 'Dropouts')}
      </div>
    </footer>`;
  }

  private get status(): string {
    const { microphone, isPlaying, hasRiff } = this.app;
    const parts: string[] = [];
    if (microphone.isConnected) {
      parts.push(microphone.monitoring ? microphone.label : `${microphone.label}, not heard`);
    }
    if (isPlaying && hasRiff) parts.push('Demo riff');
    return parts.join(' + ');
  }
}
customElements.define('sc-transport', ScTransport);
