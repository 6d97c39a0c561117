// SPDX-License-Identifier: MIT
// The way from the string to the ear, in milliseconds: measured, or what the browser says of its part.
import { html, nothing, type TemplateResult } from 'lit';
import { fixed } from '../../format/units.ts';
import type { App } from '../../model/app.ts';
import { icon } from '../../ui/icons.ts';

interface Part {
  readonly name: string;
  readonly ms: number;
}
const ms = (value: number) => `${fixed(value, 1)} ms`;

/** What is known of the way. The rest of a measured one is the interface, in and out. */
function partsOf(app: App): readonly Part[] {
  const latency = app.engine?.latency;
  if (!latency) return [];
  const { blockFrames } = app.audio.port?.facts ?? {};
  const told = [
    { name: blockFrames ? `Block of ${blockFrames}` : 'Browser', ms: latency.baseMs },
    { name: 'System output', ms: latency.outputMs },
  ].filter((part) => Number.isFinite(part.ms));
  const own = { name: 'Sonic-Core', ms: latency.ownMs };
  const { roundTripMs } = app.audio;
  if (roundTripMs === undefined) return [...told, own];
  const rest = roundTripMs - told.reduce((sum, part) => sum + part.ms, 0);
  // The browser's figures are estimates: where they are more than the whole, they explain nothing.
  return rest < 0 ? [own] : [{ name: 'Interface', ms: rest }, ...told, own];
}

const pictureOf = (parts: readonly Part[]) => {
  const shown = parts.filter((part) => part.ms >= 0.05);
  return html`<div class="way" aria-hidden="true">
    ${shown.map((part) => html`<span style="flex: ${part.ms} 1 0"></span>`)}
  </div>`;
};

const words = (app: App): string => {
  const { audio, microphone } = app;
  if (audio.measuring === 'running') return 'Measuring. The rig is muted; keep the cable still.';
  if (audio.roundTripMs !== undefined) return 'round trip, measured ±1 frame';
  return microphone.isConnected
    ? 'round trip, not measured with these settings'
    : 'round trip; plug in to measure it';
};

export function roundTripCard(app: App): TemplateResult {
  const { audio, microphone } = app;
  const { roundTripMs, measuring } = audio;
  const isRunning = measuring === 'running';
  const parts = partsOf(app);
  return html`<section class="round-trip" aria-label="Round trip">
    <div class="row figure">
      <span class="number" aria-hidden=${roundTripMs === undefined ? 'true' : nothing}
        >${roundTripMs === undefined ? '– –' : ms(roundTripMs)}</span
      >
      <span class="soft grow" role="status">${words(app)}</span>
      <button
        class="button"
        ?disabled=${isRunning || !microphone.isConnected || audio.isMoving}
        @click=${() => void audio.measure()}
      >
        ${isRunning ? 'Measuring' : roundTripMs === undefined ? 'Measure' : 'Measure again'}
      </button>
    </div>
    ${
      measuring === 'failed'
        ? html`<p class="small warn-text" role="alert">
            ${icon('warn', 14)}We could not measure. Connect the output to the input with a cable
            and try again.
          </p>`
        : nothing
    }
    ${
      isRunning
        ? html`<progress aria-label="Measuring" max="1" .value=${audio.progress}></progress>`
        : parts.length
          ? pictureOf(parts)
          : nothing
    }
    ${
      parts.length
        ? html`<dl class="micro">
            ${parts.map(
              (part) =>
                html`<div>
                  <dt class="quiet">${part.name}</dt>
                  <dd>${ms(part.ms)}</dd>
                </div>`,
            )}
          </dl>`
        : nothing
    }
  </section>`;
}
