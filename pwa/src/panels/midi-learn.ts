// SPDX-License-Identifier: MIT
// The question "which control?", beside what is to follow it.
import { html, nothing, type TemplateResult } from 'lit';
import { kBypass, type Target } from '../midi/bindings.ts';
import { controlText } from '../midi/control.ts';
import type { Midi } from '../midi/midi.ts';
import type { App } from '../model/app.ts';
import { openPopover } from '../ui/popover.ts';

function sentence({ ports, learn }: Midi): string {
  if (ports.status === 'asking') return 'Your browser asks whether this page may use MIDI devices.';
  if (ports.status === 'refused') {
    return 'MIDI is blocked for this page. Allow it in the address bar, then try again.';
  }
  const { state } = learn;
  if (state?.step === 'conflict') {
    return `${controlText(state.control)} is taken by ${state.others.join(' and ')}.`;
  }
  if (!ports.inputs.length) return 'No MIDI device is here. Connect one, then turn a knob on it.';
  return 'Turn a knob or press a pedal on your MIDI device.';
}

function actions(app: App, midi: Midi, close: () => void): TemplateResult {
  const { learn, ports } = midi;
  const button = (label: string, run: () => void) =>
    html`<button class="button" @click=${run}>${label}</button>`;
  const { state } = learn;
  return html`<div class="row gap-2 learn-actions">
    ${
      state?.step === 'conflict'
        ? html`${button('Move it here', () => learn.resolve(true))}
          ${button('Use for both', () => learn.resolve(false))}`
        : nothing
    }
    ${
      ports.status === 'refused'
        ? button('Try again', () => void app.attempt(() => ports.open()))
        : nothing
    }
    <button class="button quiet-button" @click=${close}>Cancel</button>
  </div>`;
}

/** Called inside a press: the browser may ask for MIDI. */
export function openLearn(app: App, midi: Midi, anchor: HTMLElement, target: Target): void {
  const { learn, ports } = midi;
  const panel = openPopover(anchor, {
    role: 'dialog',
    label: 'MIDI learn',
    className: 'learn-popover',
    beside: anchor.closest<HTMLElement>('sc-knob') ?? anchor,
    render: (close) =>
      html`<div class="strong">MIDI learn: ${midi.nameOf(target)}</div>
        <p class="soft" role="status">${sentence(midi)}</p>
        ${actions(app, midi, close)}`,
    onClose: () => {
      for (const stop of stops) stop();
      learn.cancel();
    },
  });
  const update = () => {
    if (!learn.state) panel.close();
    else {
      panel.update();
      panel.place();
      // What had the focus may be gone with the last answer.
      if (!panel.panel.contains(document.activeElement)) panel.panel.focus();
    }
  };
  const stops = [learn.on('change', update), ports.on('change', update)];
  void app.attempt(() => midi.begin(target));
}

/** A module's own pedal: it switches the module on and off. */
export async function learnBypass(app: App, anchor: HTMLElement, nodeId: string): Promise<void> {
  openLearn(app, await app.midi.open(), anchor, { nodeId, paramId: kBypass });
}
