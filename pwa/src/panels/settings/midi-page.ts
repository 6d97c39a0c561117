// SPDX-License-Identifier: MIT
// <sc-midi-page>: devices, what follows them, and how.
import { html, nothing, type TemplateResult } from 'lit';
import { type Binding, type CommandTarget, isKnob, type Target } from '../../midi/bindings.ts';
import { controlText } from '../../midi/control.ts';
import { type Midi, pedalCommands } from '../../midi/midi.ts';
import type { App } from '../../model/app.ts';
import { Panel } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { iconButton, segments } from '../../ui/parts.ts';
import { openLearn } from '../midi-learn.ts';

export class ScMidiPage extends Panel {
  static override properties = { app: { attribute: false }, midi: { state: true } };
  declare app: App;
  declare midi: Midi | undefined;
  private stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.app.attempt(async () => {
      this.midi = await this.app.midi.open();
      const update = () => this.requestUpdate();
      this.stops = [
        this.midi.ports.on('change', update),
        this.midi.learn.on('change', update),
        this.app.session.on('project', update),
      ];
    });
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  private devices({ ports }: Midi): TemplateResult {
    const connect = html`<button class="button" @click=${() => void ports.open()}>
      Connect MIDI
    </button>`;
    const said = {
      unsupported: html`<p>
        This browser has no MIDI. Chrome, Edge and Firefox on a computer do.
      </p>`,
      off: html`<p class="soft">Your browser will ask whether this page may use MIDI devices.</p>
        ${connect}`,
      asking: html`<p class="soft">Your browser asks whether this page may use MIDI devices.</p>`,
      refused: html`<p>
          MIDI is blocked for this page. Allow it in the address bar, then try again.
        </p>
        ${connect}`,
      on: ports.inputs.length
        ? html`<ul aria-label="MIDI devices">
            ${ports.inputs.map(
              ({ name }) =>
                html`<li class="list-row">
                  ${icon('midi', 14)}<span class="name">${name}</span>
                </li>`,
            )}
          </ul>`
        : html`<p class="soft">No MIDI device is here. Connect one and it appears.</p>`,
    }[ports.status];
    return html`<section aria-label="Devices" class="midi-devices">
      <h3 class="strong">Devices</h3>
      ${said}
    </section>`;
  }

  private takeover({ bindings }: Midi): TemplateResult {
    return html`<section aria-label="Takeover">
      <h3 class="strong">When a control and its knob stand apart</h3>
      <div class="row gap-2 takeover">
        ${segments(
          'When a control and its knob stand apart',
          [
            { value: 'jump', label: 'Jump' },
            { value: 'soft', label: 'Pick up' },
          ] as const,
          bindings.isSoft ? 'soft' : 'jump',
          (value) => {
            bindings.setSoft(value === 'soft');
            this.requestUpdate();
          },
        )}
        <span class="small quiet"
          >${
            bindings.isSoft
              ? 'The knob waits until the control comes past it.'
              : 'The knob goes to the control at once.'
          }</span
        >
      </div>
    </section>`;
  }

  private forget(midi: Midi, target: Target): void {
    midi.bindings.forget(target);
    this.requestUpdate();
    void this.updateComplete.then(() => {
      // The row is gone, and its button with it.
      const next = this.querySelector<HTMLElement>('.midi-knobs button, .midi-commands button');
      next?.focus();
    });
  }

  private knobs(midi: Midi): TemplateResult {
    const knobs = midi.bindings.all.filter(({ target }) => isKnob(target));
    const row = ({ target, control }: Binding) => {
      const name = midi.nameOf(target);
      return html`<li class="key-row">
        <span class="soft grow">${name}</span><span class="small">${controlText(control)}</span>
        ${iconButton('trash', `Forget MIDI of ${name}`, () => this.forget(midi, target))}
      </li>`;
    };
    return html`<section aria-label="Knobs of this project" class="midi-knobs">
      <h3 class="strong">Knobs of this project</h3>
      ${
        knobs.length
          ? html`<ul>
              ${knobs.map(row)}
            </ul>`
          : html`<p class="soft">
              Press a knob with the right button, or hold it with a finger, and choose MIDI learn.
            </p>`
      }
    </section>`;
  }

  private commands(midi: Midi): TemplateResult | typeof nothing {
    if (midi.ports.status === 'unsupported') return nothing;
    return html`<section aria-label="Pedals of this device" class="midi-commands">
      <h3 class="strong">Pedals, for every project on this device</h3>
      ${pedalCommands().map(({ id, label }) => {
        const target: CommandTarget = { command: id };
        const control = midi.bindings.of(target);
        return html`<div class="key-row">
          <span class="soft grow">${label}</span>
          ${control ? html`<span class="small">${controlText(control)}</span>` : nothing}
          ${
            control
              ? iconButton('trash', `Forget MIDI of ${label}`, () => this.forget(midi, target))
              : nothing
          }
          <button
            class="button change-key"
            aria-haspopup="dialog"
            aria-expanded="false"
            aria-label=${`MIDI learn ${label}`}
            @click=${(event: Event) =>
              openLearn(this.app, midi, event.currentTarget as HTMLElement, target)}
          >
            Learn
          </button>
        </div>`;
      })}
    </section>`;
  }

  override render() {
    const { midi } = this;
    if (!midi) return nothing;
    return html`<div class="midi-page">
      ${this.devices(midi)} ${this.takeover(midi)} ${this.knobs(midi)} ${this.commands(midi)}
    </div>`;
  }
}
customElements.define('sc-midi-page', ScMidiPage);
