// SPDX-License-Identifier: MIT
// <sc-key-sheet>: every key, by group; to be read here or on paper.
import { html, nothing, type TemplateResult } from 'lit';
import { kCommandGroups } from '../commands/command.ts';
import { kCommands } from '../commands/list.ts';
import type { App } from '../model/app.ts';
import { DialogPanel } from '../ui/dialog.ts';
import { keyCaps } from '../ui/key-caps.ts';

interface Row {
  readonly label: string;
  readonly keys: readonly string[];
}
/** What a control does itself: these keys stay. */
const kOfControls: readonly { readonly name: string; readonly rows: readonly Row[] }[] = [
  {
    name: 'On a knob',
    rows: [
      { label: 'Turn', keys: ['ArrowUp', 'ArrowDown'] },
      { label: 'Turn finely', keys: ['Shift+ArrowUp', 'Shift+ArrowDown'] },
      { label: 'Turn by a tenth', keys: ['PageUp', 'PageDown'] },
      { label: 'To its ends', keys: ['Home', 'End'] },
      { label: 'Type a value', keys: ['Enter'] },
      { label: 'Reset, copy, MIDI learn', keys: ['Shift+F10'] },
      { label: 'Back to what it was, while it turns', keys: ['Esc'] },
    ],
  },
  {
    name: 'Getting around',
    rows: [
      { label: 'Next control', keys: ['Tab'] },
      { label: 'Control before', keys: ['Shift+Tab'] },
      { label: 'From a module to its first knob', keys: ['Enter'] },
      { label: 'From a control to its module', keys: ['Esc'] },
      { label: 'Close, or call off a drag', keys: ['Esc'] },
      { label: 'Move a module by its handle', keys: ['ArrowLeft', 'ArrowRight'] },
    ],
  },
];

export class ScKeySheet extends DialogPanel {
  protected readonly heading = 'All keys';
  protected override readonly className_ = 'key-sheet';

  private group(name: string, rows: readonly Row[]): TemplateResult | typeof nothing {
    if (!rows.length) return nothing;
    return html`<section aria-label=${name}>
      <h3 class="strong">${name}</h3>
      <dl>
        ${rows.map(
          ({ label, keys }) =>
            html`<div class="key-row">
              <dt>${label}</dt>
              <dd>${keyCaps(keys)}</dd>
            </div>`,
        )}
      </dl>
    </section>`;
  }

  protected body(): TemplateResult {
    const { keys } = this.app;
    const rowsOf = (group: string) =>
      kCommands
        .filter((command) => command.group === group)
        .map((command) => ({ label: command.label, keys: keys.keysOf(command) }))
        .filter((row) => row.keys.length);
    return html`<div class="body" tabindex="0" role="group" aria-label="Keys">
      <p class="quiet small">Keys do nothing while you type in a field.</p>
      <div class="key-groups">
        ${kCommandGroups.map((group) => this.group(group, rowsOf(group)))}
        ${kOfControls.map(({ name, rows }) => this.group(name, rows))}
      </div>
    </div>`;
  }
  protected override foot(): TemplateResult {
    return html`<div class="foot">
      <button class="button quiet-button" @click=${() => print()}>Print</button>
      <span class="grow"></span>
      <button class="button" @click=${() => this.app.dialogs.open('settings', 'keyboard')}>
        Change keys
      </button>
      <button class="button primary" @click=${() => this.close()}>Done</button>
    </div>`;
  }
}
customElements.define('sc-key-sheet', ScKeySheet);

export const dialog = (app: App): TemplateResult => html`<sc-key-sheet .app=${app}></sc-key-sheet>`;
