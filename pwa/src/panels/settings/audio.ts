// SPDX-License-Identifier: MIT
// Settings → Audio: which devices, how fast, and how long the way through them takes.
import { html, nothing, type TemplateResult } from 'lit';
import {
  type AudioSettings,
  kBlocks,
  kLatencies,
  kRatesHz,
  type LatencyHint,
} from '../../audio/settings.ts';
import type { App } from '../../model/app.ts';
import { kBluetoothMs } from '../../model/audio.ts';
import { paramOf } from '../../model/catalog.ts';
import { inputOf } from '../../model/chain.ts';
import { icon } from '../../ui/icons.ts';
import { segments, toggle } from '../../ui/parts.ts';
import type { Option } from '../../ui/select.ts';
import type { SettingsPage } from './page.ts';
import { roundTripCard } from './round-trip-card.ts';
import './input-level.ts';

const row = (label: string, body: TemplateResult) =>
  html`<div class="setting"><span class="soft">${label}</span>${body}</div>`;

/** The input's channel: one of two plugs, or both as they are. */
const kLeft = 0;
const kRight = 1;
const kStereo = 3;

function inputRow(app: App): TemplateResult {
  const { microphone, session } = app;
  if (!microphone.isConnected) {
    return html`<div>
      <button
        class="button"
        @click=${() => {
          app.dialogs.close();
          microphone.flow.send({ type: 'start' });
        }}
      >
        ${icon('plug', 16)}Plug in a guitar
      </button>
    </div>`;
  }
  const { devices, input } = microphone.flow.context;
  const node = session.json ? inputOf(session.json) : undefined;
  const param = node === undefined ? undefined : paramOf(session.meta(node), 'channel');
  const channel = node !== undefined && param ? Math.round(session.value(node, param)) : kLeft;
  const isStereo = channel === kStereo;
  const setChannel = (to: number) => node !== undefined && session.mean(node, 'channel', to);
  const options: Option[] = devices.flatMap(({ id, label }) =>
    isStereo || !param
      ? [{ value: `${id} ${kStereo}`, label }]
      : [
          { value: `${id} ${kLeft}`, label: `${label}, input 1` },
          { value: `${id} ${kRight}`, label: `${label}, input 2` },
        ],
  );
  const pick = (value: string) => {
    const at = value.lastIndexOf(' ');
    const deviceId = value.slice(0, at);
    if (!isStereo) setChannel(Number(value.slice(at + 1)));
    if (deviceId !== input?.device.id) microphone.flow.send({ type: 'ask', deviceId });
  };
  const shown = isStereo ? kStereo : channel === kRight ? kRight : kLeft;
  return html`<div class="row gap-3 wraps">
    <sc-select
      class="grow"
      label="Input"
      .options=${options}
      .value=${`${input?.device.id ?? ''} ${shown}`}
      @sc-pick=${(event: CustomEvent<{ value: string }>) => pick(event.detail.value)}
    ></sc-select>
    ${
      param
        ? segments(
            'Channels',
            [
              { value: 'mono', label: 'Mono' },
              { value: 'stereo', label: 'Stereo' },
            ] as const,
            isStereo ? 'stereo' : 'mono',
            (value) => setChannel(value === 'stereo' ? kStereo : kLeft),
          )
        : nothing
    }
  </div>`;
}

const choose = (app: App, change: Partial<AudioSettings>) =>
  void app.attempt(() => app.audio.choose(change));

function outputRow(app: App): TemplateResult | typeof nothing {
  const { audio } = app;
  if (!audio.port?.facts.canChooseOutput || audio.outputs.length === 0) return nothing;
  const options = [
    { value: '', label: 'The system’s own' },
    ...audio.outputs.map(({ id, label }) => ({ value: id, label })),
  ];
  return row(
    'Output',
    html`<sc-select
      label="Output"
      .options=${options}
      .value=${audio.settings.outputId}
      @sc-pick=${(event: CustomEvent<{ value: string }>) =>
        choose(app, { outputId: event.detail.value })}
    ></sc-select>`,
  );
}

const rateLabel = (hz: number) => (hz === 0 ? 'Device’s own' : `${hz / 1000} kHz`);

function rateRow(app: App): TemplateResult {
  const { audio } = app;
  return row(
    'Sample rate',
    segments(
      'Sample rate',
      kRatesHz.map((hz) => ({ value: String(hz), label: rateLabel(hz) })),
      String(audio.settings.rateHz),
      (value) => choose(app, { rateHz: Number(value) }),
    ),
  );
}

function blockRow(app: App): TemplateResult | typeof nothing {
  const facts = app.audio.port?.facts;
  if (!facts?.canChooseBlock) return nothing;
  return row(
    'Block',
    html`<div class="row gap-3 wraps">
      ${segments(
        'Block',
        kBlocks.map((frames) => ({ value: String(frames), label: String(frames) })),
        String(facts.blockFrames),
        (value) => choose(app, { blockFrames: Number(value) }),
      )}<span class="small quiet">frames; smaller reacts faster, costs more</span>
    </div>`,
  );
}

const kLatencyLabels: Readonly<Record<LatencyHint, string>> = {
  lowest: 'Lowest',
  balanced: 'Balanced',
  playback: 'Playback',
};
const latencyRow = (app: App) =>
  row(
    'Latency',
    html`<div class="row gap-3 wraps">
      ${segments(
        'Latency',
        kLatencies.map((value) => ({ value, label: kLatencyLabels[value] })),
        app.audio.settings.latency,
        (latency) => choose(app, { latency }),
      )}<span class="small quiet">larger drops out less</span>
    </div>`,
  );

function processing(app: App): TemplateResult | typeof nothing {
  const { microphone } = app;
  if (!microphone.isConnected) return nothing;
  const on = microphone.flow.context.input?.processing ?? [];
  return on.length
    ? html`<p class="small warn-text grow">
        ${icon('warn', 14)}The browser keeps ${on.join(' and ')} on, and that will colour the sound.
      </p>`
    : html`<p class="small soft row gap-2 grow">
        ${icon('check', 14)}Echo cancellation, noise suppression and auto gain are off.
      </p>`;
}

function monitoring(app: App, update: () => void): TemplateResult | typeof nothing {
  const { microphone } = app;
  if (!microphone.isConnected) return nothing;
  return toggle('Hear my guitar', microphone.monitoring, (isOn) => {
    if (isOn) {
      // Asked each time: the headphones may have come off since.
      app.dialogs.close();
      microphone.flow.send({ type: 'start' });
      return;
    }
    microphone.flow.send({ type: 'confirm', headphones: false });
    update();
  });
}

function bluetooth(app: App): TemplateResult | typeof nothing {
  const { audio, engine } = app;
  const isSlow = Math.max(engine?.latency.outputMs ?? 0, audio.roundTripMs ?? 0) > kBluetoothMs;
  return isSlow
    ? html`<p class="small warn-text">
        ${icon('warn', 14)}This output is late by more than ${kBluetoothMs} ms, as Bluetooth is. Use
        a cable to play in time.
      </p>`
    : nothing;
}

export const audioPage: SettingsPage = {
  id: 'audio',
  label: 'Audio',
  render: (app, update) => {
    if (!app.engine) {
      return html`${row('Input', inputRow(app))}
        <p class="soft setting-note">
          Sound has not started yet. Plug in, or play the demo, to choose a device.
        </p>`;
    }
    return html`${row('Input', inputRow(app))}
      ${
        app.microphone.isConnected
          ? row('Level', html`<sc-input-level .app=${app}></sc-input-level>`)
          : nothing
      }
      ${outputRow(app)}
      <hr />
      ${rateRow(app)} ${blockRow(app)} ${latencyRow(app)} ${bluetooth(app)} ${roundTripCard(app)}
      <div class="row gap-3 wraps checks">${processing(app)} ${monitoring(app, update)}</div>`;
  },
  foot: (app) =>
    html`<button
        class="button quiet-button"
        @click=${() => void import('../../model/details.ts').then(({ copyDetails }) => copyDetails(app))}
      >
        Copy audio details</button
      ><span class="grow"></span>${
        app.engine
          ? html`<button
              class="button"
              ?disabled=${app.audio.isTesting}
              @click=${() => void app.attempt(() => app.audio.playTone())}
            >
              Play test tone
            </button>`
          : nothing
      }`,
};
