// SPDX-License-Identifier: MIT
// <sc-command-palette>: everything by its name. Typing narrows, arrows choose, Enter runs.
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { fuzzySorted } from '../commands/fuzzy.ts';
import type { App } from '../model/app.ts';
import { DialogPanel } from '../ui/dialog.ts';
import { glyph, icon } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { keyCaps } from '../ui/key-caps.ts';
import { type PaletteItem, paletteItems } from './palette-items.ts';

const kListId = 'palette-list';
const kPage = 8;

export class ScCommandPalette extends DialogPanel {
  static override properties = {
    ...DialogPanel.properties,
    query: { state: true },
    chosen: { state: true },
  };
  declare query: string;
  declare chosen: number;
  protected readonly heading = 'Find anything';
  protected override readonly className_ = 'palette';
  private items: readonly PaletteItem[] = [];

  constructor() {
    super();
    this.query = '';
    this.chosen = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Once: what is offered is what made sense where the focus was.
    this.items = paletteItems(this.app, this.app.dialogs.about);
  }

  private get found(): readonly PaletteItem[] {
    const text = ({ label, kind, detail }: PaletteItem) => `${label} ${kind} ${detail ?? ''}`;
    const { items, query } = this;
    if (!query.trim()) return items;
    // What is called so comes before what only says so.
    const named = fuzzySorted(items, query, ({ label }) => label);
    const words = query.toLowerCase().split(/\s+/);
    const others = items.filter(
      (item) =>
        !named.includes(item) && words.every((word) => text(item).toLowerCase().includes(word)),
    );
    return [...named, ...others];
  }

  private run(item: PaletteItem | undefined): void {
    if (!item) return;
    this.close();
    // The focus goes back to where it was first: commands are about what has it.
    requestAnimationFrame(() => item.run());
  }

  private key(event: KeyboardEvent, found: readonly PaletteItem[]): void {
    const last = found.length - 1;
    const { chosen } = this;
    const to = {
      ArrowDown: chosen === last ? 0 : chosen + 1,
      ArrowUp: chosen === 0 ? last : chosen - 1,
      PageDown: Math.min(last, chosen + kPage),
      PageUp: Math.max(0, chosen - kPage),
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.chosen = Math.max(0, to);
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      this.run(found[chosen]);
    }
  }

  protected override updated(changed?: PropertyValues): void {
    super.updated(changed);
    if (changed && (changed.has('chosen') || changed.has('query'))) {
      this.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    }
  }

  private row(item: PaletteItem, index: number): TemplateResult {
    return html`<li
      id=${`palette-${item.id}`}
      class="list-row"
      role="option"
      aria-selected=${index === this.chosen}
      @pointermove=${() => (this.chosen = index)}
      @click=${() => this.run(item)}
    >
      <span class="symbol">${item.family ? glyph(item.family, 14) : nothing}</span>
      <span class="name">${item.label}</span>
      <span class="fact">${item.detail ?? item.kind}</span>
      ${item.keys?.length ? keyCaps(item.keys.slice(0, 1)) : nothing}
    </li>`;
  }

  protected body(): TemplateResult {
    const { found, query } = this;
    const active = found[this.chosen];
    const label = this.app.dialogs.about === 'modules' ? 'Add a module' : this.heading;
    return html`<label class="palette-field"
        >${icon('search', 16)}<input
          type="text"
          role="combobox"
          autofocus
          autocomplete="off"
          autocapitalize="off"
          spellcheck="false"
          aria-label=${label}
          placeholder=${label}
          aria-expanded="true"
          aria-autocomplete="list"
          aria-controls=${kListId}
          aria-activedescendant=${active ? `palette-${active.id}` : nothing}
          .value=${query}
          @keydown=${(event: KeyboardEvent) => this.key(event, found)}
          @input=${(event: Event) => {
            this.query = (event.target as HTMLInputElement).value;
            this.chosen = 0;
          }}
        /><span class="kbd">Esc</span
        >${iconButton('close', 'Close', () => this.close(), { className: 'touch-only' })}</label
      >
      ${found.length ? nothing : html`<p class="quiet nothing-found">Nothing is called “${query}”.</p>`}
      <ul id=${kListId} role="listbox" aria-label="Found">
        ${found.map((item, index) => this.row(item, index))}
      </ul>
      <div class="visually-hidden" role="status">
        ${query ? `${found.length} found` : nothing}
      </div>`;
  }

  protected override bar(): typeof nothing {
    return nothing;
  }
}
customElements.define('sc-command-palette', ScCommandPalette);

export const dialog = (app: App): TemplateResult =>
  html`<sc-command-palette .app=${app}></sc-command-palette>`;
