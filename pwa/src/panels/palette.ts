// SPDX-License-Identifier: MIT
// <sc-palette>: every module, by family, with a search. Event sc-add {type}.
import { html, nothing } from 'lit';
import { type Catalog, matches } from '../model/catalog.ts';
import type { ModuleMeta } from '../model/engine-port.ts';
import { familyOf, kFamilies, kFamilyNames } from '../model/family.ts';
import { Panel } from '../ui/dom.ts';
import { glyph, icon } from '../ui/icons.ts';
import { moveFocus } from '../ui/popover.ts';

declare global {
  interface HTMLElementEventMap {
    'sc-add': CustomEvent<{ readonly type: string }>;
  }
}

export class ScPalette extends Panel {
  static override properties = { catalog: { attribute: false }, search: { state: true } };
  declare catalog: Catalog;
  declare search: string;

  constructor() {
    super();
    this.search = '';
  }

  protected override firstUpdated(): void {
    if (this.hasAttribute('eager')) this.querySelector('input')?.focus();
  }

  private add(type: string): void {
    this.dispatchEvent(new CustomEvent('sc-add', { bubbles: true, detail: { type } }));
  }

  private key(event: KeyboardEvent, found: readonly ModuleMeta[]): void {
    const isField = event.target instanceof HTMLInputElement;
    if (isField && event.key === 'Enter' && found[0]) {
      // The focus goes back to the button that opened this, which would take the key for a press.
      event.preventDefault();
      this.add(found[0].id);
    } else if (isField && event.key === 'ArrowDown') {
      this.querySelector<HTMLElement>('button.list-row')?.focus();
      event.preventDefault();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (moveFocus(this, 'button.list-row', event.key)) event.preventDefault();
    }
  }

  override render() {
    const found = this.catalog.effects.filter((module) => matches(module, this.search));
    const families = kFamilies
      .map((family) => ({
        family,
        modules: found.filter(({ category }) => familyOf(category) === family),
      }))
      .filter(({ modules }) => modules.length);
    return html`<div @keydown=${(event: KeyboardEvent) => this.key(event, found)}>
      <label class="field"
        >${icon('search', 14)}<input
          type="search"
          placeholder="Search modules"
          aria-label="Search modules"
          .value=${this.search}
          @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
      /></label>
      ${
        families.length
          ? nothing
          : html`<p class="small quiet nothing-found">No module is called “${this.search}”.</p>`
      }
      ${families.map(
        ({ family, modules }) =>
          html`<h2 class="list-head"><span>${kFamilyNames[family]}</span></h2>
            <ul>
              ${modules.map(
                ({ id, label, summary }) =>
                  html`<li>
                    <button class="list-row" title=${summary} @click=${() => this.add(id)}>
                      ${glyph(family, 14)}<span class="name">${label}</span
                      ><span class="fact add">${icon('plus', 14)}</span>
                    </button>
                  </li>`,
              )}
            </ul>`,
      )}
    </div>`;
  }
}
customElements.define('sc-palette', ScPalette);
