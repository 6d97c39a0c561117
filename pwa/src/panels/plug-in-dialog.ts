// SPDX-License-Identifier: MIT
// <sc-plug-in>: what the plug-in flow says, state by state.
import { html, nothing, type TemplateResult } from 'lit';
import type { PlugInEvent, PlugInState } from '../flows/plug-in.ts';
import type { App } from '../model/app.ts';
import { paramOf } from '../model/catalog.ts';
import { inputOf } from '../model/chain.ts';
import { peakDb } from '../model/levels.ts';
import { fixed } from '../format/units.ts';
import { Panel } from '../ui/dom.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { choice } from './controls.ts';

interface Words {
  readonly symbol: IconName;
  readonly tone?: 'clip' | 'hot';
  readonly sentence: string;
  readonly more?: string;
}
const kWords: Readonly<Record<Exclude<PlugInState, 'closed' | 'playing'>, Words>> = {
  explain: {
    symbol: 'plug',
    sentence: 'Your browser will ask for the microphone.',
    more: 'Your guitar comes in there; nothing leaves this device.',
  },
  asking: { symbol: 'plug', sentence: 'Waiting for your answer to the browser.' },
  refused: {
    symbol: 'unplugged',
    tone: 'clip',
    sentence: 'The microphone is blocked for this page.',
    more: 'Allow it in the address bar, then press Try again.',
  },
  'no-device': {
    symbol: 'unplugged',
    tone: 'clip',
    sentence: 'There is no audio input.',
    more: 'Plug in an interface or a microphone, then press Try again.',
  },
  'wrong-device': {
    symbol: 'plug',
    sentence: 'Where is your guitar plugged in?',
    more: 'Choose its input. A headset’s microphone will not do.',
  },
  failed: {
    symbol: 'warn',
    tone: 'clip',
    sentence: 'The input does not open.',
    more: 'Another program may be using it. Close that, then press Try again.',
  },
  listening: { symbol: 'plug', sentence: 'Play a string.', more: 'You will not hear it yet.' },
  silent: {
    symbol: 'warn',
    tone: 'hot',
    sentence: 'We hear nothing.',
    more: 'Check the cable, the guitar’s volume and the chosen input.',
  },
  'too-hot': {
    symbol: 'warn',
    tone: 'clip',
    sentence: 'The input clips.',
    more: 'Turn the interface’s gain down a little.',
  },
  good: { symbol: 'check', sentence: 'We hear you. That is a good level.' },
  headphones: {
    symbol: 'phones',
    sentence: 'Headphones or interface?',
    more: 'Loudspeakers near a microphone will howl.',
  },
};
const kWithMeter: ReadonlySet<PlugInState> = new Set<PlugInState>([
  'wrong-device',
  'listening',
  'silent',
  'too-hot',
  'good',
  'headphones',
]);

export class ScPlugIn extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    this.stops = [
      app.microphone.flow.subscribe(() => this.requestUpdate()),
      app.session.on('project', () => this.requestUpdate()),
      app.levels.onDraw((atMs) => this.showLevel(atMs)),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }
  protected override updated(): void {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  private send(event: PlugInEvent): void {
    this.app.microphone.flow.send(event);
  }

  private showLevel(atMs: number): void {
    const meter = this.querySelector('sc-meter');
    if (!meter) return;
    meter.show([peakDb(this.app.levels.shown('@in'))], atMs);
    const held = meter.peakDb;
    const text = this.querySelector('.level-text');
    if (text) text.textContent = Number.isFinite(held) ? `${fixed(held, 1)} dB` : '– –';
  }

  /** Which input, and which of its channels. */
  private inputs(): TemplateResult {
    const { app } = this;
    const { devices, input } = app.microphone.flow.context;
    const node = app.session.json ? inputOf(app.session.json) : undefined;
    const channel = node === undefined ? undefined : paramOf(app.session.meta(node), 'channel');
    return html`<div class="setting">
        <span class="soft">Input</span>
        <sc-select
          label="Input"
          .options=${devices.map(({ id, label }) => ({ value: id, label }))}
          .value=${input?.device.id ?? ''}
          @sc-pick=${(event: CustomEvent<{ value: string }>) =>
            this.send({ type: 'ask', deviceId: event.detail.value })}
        ></sc-select>
        ${node !== undefined && channel ? choice(app, node, channel) : nothing}
      </div>
      <div class="setting">
        <span class="soft">Level</span><sc-meter flat channels="1"></sc-meter
        ><span class="level-text soft">– –</span>
      </div>`;
  }

  private processing(): TemplateResult | typeof nothing {
    const on = this.app.microphone.flow.context.input?.processing ?? [];
    if (!on.length) return nothing;
    return html`<p class="small warn-text">
      ${icon('warn', 14)}The browser keeps ${on.join(' and ')} on, and that will colour the sound.
    </p>`;
  }

  private actions(state: PlugInState): TemplateResult {
    const button = (label: string, event: PlugInEvent, isPrimary = false) =>
      html`<button
        class="button ${isPrimary ? 'primary' : ''}"
        ?autofocus=${isPrimary}
        @click=${() => this.send(event)}
      >
        ${label}
      </button>`;
    const another = button('Another input', { type: 'choose' });
    switch (state) {
      case 'explain':
        return html`${button('Not now', { type: 'close' })}${button('Allow the microphone', { type: 'ask' }, true)}`;
      case 'asking':
        return button('Cancel', { type: 'close' });
      case 'refused':
      case 'no-device':
      case 'failed':
        return html`${button('Not now', { type: 'close' })}${button('Try again', { type: 'ask' }, true)}`;
      case 'good':
        return html`${another}${button('Continue', { type: 'next' }, true)}`;
      case 'too-hot':
        return html`${another}${button('Go on anyway', { type: 'next' })}`;
      case 'headphones':
        return html`${button('Loudspeakers', { type: 'confirm', headphones: false })}
        ${button('Headphones or interface', { type: 'confirm', headphones: true }, true)}`;
      case 'listening':
      case 'silent':
        return another;
      case 'wrong-device': {
        const deviceId = this.app.microphone.flow.context.input?.device.id;
        const use: PlugInEvent = { type: 'ask', ...(deviceId === undefined ? {} : { deviceId }) };
        return html`${button('Not now', { type: 'close' })}${button('Use this input', use, true)}`;
      }
      default:
        return html`${nothing}`;
    }
  }

  override render() {
    const { state, context } = this.app.microphone.flow;
    if (state === 'closed' || state === 'playing') return nothing;
    const words = kWords[state];
    const more = (state === 'failed' && context.sentence) || words.more;
    return html`<dialog
      class="dialog plug-in"
      aria-label="Plug in"
      data-state=${state}
      @cancel=${(event: Event) => {
        event.preventDefault();
        this.send({ type: 'close' });
      }}
    >
      <div class="bar">
        <h2 class="head grow">Plug in</h2>
        ${iconButton('close', 'Close', () => this.send({ type: 'close' }))}
      </div>
      <div class="body">
        <div class="said ${words.tone ?? ''}" role="status">
          ${icon(words.symbol, 24)}
          <div>
            <div class="head">${words.sentence}</div>
            ${more ? html`<div class="soft">${more}</div>` : nothing}
          </div>
        </div>
        ${kWithMeter.has(state) ? html`${this.inputs()}${this.processing()}` : nothing}
      </div>
      <div class="foot">${this.actions(state)}</div>
    </dialog>`;
  }
}
customElements.define('sc-plug-in', ScPlugIn);
