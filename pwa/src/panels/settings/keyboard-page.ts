// SPDX-License-Identifier: MIT
// <sc-keyboard-page>: every command with its keys; the next key pressed is the new one.
import { html, nothing, type TemplateResult } from 'lit';
import { chordOf, chordText, kIsMac, refusalOf } from '../../commands/chord.ts';
import { type Command, kCommandGroups } from '../../commands/command.ts';
import { kCommands } from '../../commands/list.ts';
import type { App } from '../../model/app.ts';
import { Panel } from '../../ui/dom.ts';
import { iconButton } from '../../ui/parts.ts';
import { keyCaps } from '../../ui/key-caps.ts';

/** What is going on at one row. */
type Asking =
  | { readonly step: 'listening'; readonly refusal?: string }
  | { readonly step: 'conflict'; readonly chord: string; readonly with: Command };

export class ScKeyboardPage extends Panel {
  static override properties = {
    app: { attribute: false },
    asked: { state: true },
    asking: { state: true },
  };
  declare app: App;
  declare asked: string;
  declare asking: Asking | undefined;
  private stop: (() => void) | undefined;

  constructor() {
    super();
    this.asked = '';
    this.asking = undefined;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.app.keys.on('change', () => {
      this.requestUpdate();
      // The foot of the dialog says whether there is something to reset.
      this.app.dialogs.emit('change', undefined);
    });
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private listen(command: Command): void {
    this.asked = command.id;
    this.asking = { step: 'listening' };
    void this.focusOn(command.id, '.key-listener');
  }
  private async end(): Promise<void> {
    const id = this.asked;
    this.asked = '';
    this.asking = undefined;
    await this.focusOn(id, '.change-key');
  }
  private async focusOn(id: string, selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(`[data-command="${CSS.escape(id)}"] ${selector}`)?.focus();
  }

  private hear(event: KeyboardEvent, command: Command): void {
    if (event.key === 'Tab') return void this.end();
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') return void this.end();
    const chord = chordOf(event);
    if (chord === '') return;
    const refusal = refusalOf(chord);
    if (refusal !== undefined) {
      this.asking = { step: 'listening', refusal: `${chordText(chord, kIsMac)}: ${refusal}` };
      return;
    }
    const other = this.app.keys.find(
      kCommands.filter(({ id }) => id !== command.id),
      chord,
    );
    if (other) {
      this.asking = { step: 'conflict', chord, with: other };
      void this.focusOn(command.id, '.swap');
    } else this.assign(command, chord);
  }
  private assign(command: Command, chord: string): void {
    this.app.keys.assign(kCommands, command.id, chord);
    this.app.announcer.say(`${command.label}: ${chordText(chord, kIsMac)}`);
    void this.end();
  }

  private listener(command: Command, refusal: string | undefined): TemplateResult {
    return html`<button
        class="button key-listener"
        aria-label=${`Press the new key for ${command.label}. Esc keeps the old one.`}
        @keydown=${(event: KeyboardEvent) => this.hear(event, command)}
        @blur=${() => this.asking?.step === 'listening' && this.asked === command.id && this.stopListening()}
      >
        Press a key
      </button>
      ${refusal === undefined ? nothing : html`<p class="small warn-text" role="alert">${refusal}</p>`}`;
  }
  /** The focus has gone elsewhere by itself, and stays there. */
  private stopListening(): void {
    this.asked = '';
    this.asking = undefined;
  }

  private question(command: Command, chord: string, other: Command): TemplateResult {
    const text = chordText(chord, kIsMac);
    return html`<div class="key-question" role="alertdialog" aria-label=${`${text} is taken`}>
      <p class="small">${text} stands for “${other.label}” now.</p>
      <button class="button swap" @click=${() => this.assign(command, chord)}>Swap</button>
      <button class="button quiet-button" @click=${() => void this.end()}>Cancel</button>
    </div>`;
  }

  private row(command: Command): TemplateResult {
    const { keys } = this.app;
    const asking = this.asked === command.id ? this.asking : undefined;
    const own = keys.keysOf(command);
    return html`<div class="key-row" data-command=${command.id}>
      <span class="soft grow">${command.label}</span>
      ${
        asking?.step === 'listening'
          ? this.listener(command, asking.refusal)
          : asking?.step === 'conflict'
            ? this.question(command, asking.chord, asking.with)
            : html`${own.length ? keyCaps(own) : html`<span class="small quiet">No key</span>`}
                ${
                  keys.isOwn(command.id)
                    ? iconButton('undo', `Reset the key for ${command.label}`, () => {
                        keys.reset(kCommands, command.id);
                        void this.focusOn(command.id, '.change-key');
                      })
                    : nothing
                }
                <button
                  class="button change-key"
                  aria-label=${`Change the key for ${command.label}`}
                  @click=${() => this.listen(command)}
                >
                  Change
                </button>`
      }
    </div>`;
  }

  override render() {
    return html`${kCommandGroups.map((group) => {
      const commands = kCommands.filter((command) => command.group === group);
      return html`<section class="key-group" aria-label=${group}>
        <h3 class="strong">${group}</h3>
        ${commands.map((command) => this.row(command))}
      </section>`;
    })}`;
  }
}
customElements.define('sc-keyboard-page', ScKeyboardPage);
