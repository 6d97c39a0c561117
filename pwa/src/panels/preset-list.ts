// SPDX-License-Identifier: MIT
// <sc-presets>: rigs to choose from, ours and the player's: search, tags, favourites. Event sc-picked when one is loaded.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { Preset } from '../presets/preset.ts';
import { Panel } from '../ui/dom.ts';
import { glyph, icon } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { openPresetMenu } from './preset-menu.ts';

declare global {
  interface HTMLElementEventMap {
    'sc-picked': CustomEvent<undefined>;
  }
}

export class ScPresets extends Panel {
  static override properties = { app: { attribute: false } };
  declare app: App;
  private stops: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const update = () => this.requestUpdate();
    this.stops = [app.presets.on('change', update), app.session.on('project', update)];
    void app.presets.open();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  private pick(preset: Preset): void {
    void this.app.attempt(async () => {
      if (!(await this.app.rigs.load(preset))) return;
      this.dispatchEvent(new CustomEvent('sc-picked', { bubbles: true }));
    });
  }

  private row(preset: Preset): TemplateResult {
    const { presets, rigs } = this.app;
    const isCurrent = preset.id === this.app.session.rigId;
    const isFavourite = presets.isFavourite(preset.id);
    const isOwn = presets.isOwn(preset.id);
    const isEdited = isCurrent && rigs.isEdited;
    const [tag = ''] = preset.tags;
    return html`<li class="preset" ?data-current=${isCurrent} ?data-favourite=${isFavourite}>
      <button
        class="mark"
        aria-pressed=${isFavourite}
        aria-label="Favourite: ${preset.name}"
        title=${isFavourite ? 'No longer a favourite' : 'Make it a favourite'}
        @click=${() => presets.toggleFavourite(preset.id)}
      >
        ${isOwn ? nothing : html`<span class="rest">${glyph('amp', 14, isCurrent ? undefined : 'var(--text-3)')}</span>`}
        <span class=${isOwn ? '' : 'star'}>${icon(isFavourite ? 'starred' : 'star', 14)}</span>
      </button>
      <button
        class="list-row"
        aria-current=${isCurrent ? 'true' : nothing}
        title=${preset.about ?? nothing}
        @click=${() => this.pick(preset)}
      >
        <span class="name">${preset.name}</span><span class="visually-hidden">, </span
        ><span class="fact">${isEdited ? 'edited' : tag}</span>
      </button>
      ${iconButton(
        'more',
        `${preset.name} menu`,
        (event) => openPresetMenu(this.app, preset, event.currentTarget as HTMLElement),
        { popup: true },
      )}
    </li>`;
  }

  private section(title: string, rows: readonly Preset[]): TemplateResult {
    return html`<h2 class="list-head"><span>${title}</span><span>${rows.length}</span></h2>
      <ul aria-label=${title} class="preset-rows">
        ${rows.map((preset) => this.row(preset))}
      </ul>`;
  }

  private get filters(): TemplateResult {
    const { presets } = this.app;
    const { tags, isFavourites } = presets.filter;
    const pill = (content: unknown, label: string, isOn: boolean, onPress: () => void) =>
      html`<button class="pill press" aria-pressed=${isOn} aria-label=${label} @click=${onPress}>
        ${content}
      </button>`;
    return html`<div class="pills" role="group" aria-label="Show only">
      ${pill(icon(isFavourites ? 'starred' : 'star', 12), 'Favourites', isFavourites, () =>
        presets.look({ isFavourites: !isFavourites }),
      )}
      ${presets.styles.map((tag) => pill(tag, tag, tags.has(tag), () => presets.toggleTag(tag)))}
    </div>`;
  }

  private get nothingFound(): TemplateResult {
    const { presets } = this.app;
    return html`<div class="nothing-found">
      <p class="small quiet">No rig fits that.</p>
      <button
        class="button"
        @click=${() => presets.look({ search: '', tags: new Set(), isFavourites: false })}
      >
        Show all
      </button>
    </div>`;
  }

  override render() {
    const { app } = this;
    const { presets } = app;
    const { rigs, own } = presets.found;
    const hasOwn = presets.ownRigs.length > 0;
    return html`<label class="field"
        >${icon('search', 14)}<input
          type="search"
          placeholder="Search rigs"
          aria-label="Search rigs"
          aria-keyshortcuts="/"
          .value=${presets.filter.search}
          @input=${(event: Event) =>
            presets.look({ search: (event.target as HTMLInputElement).value })}
          @keydown=${(event: KeyboardEvent) => this.key(event)}
        /><span class="kbd" aria-hidden="true">/</span></label
      >
      ${this.filters} ${rigs.length || !presets.isFiltered ? this.section('Rigs', rigs) : nothing}
      ${hasOwn && (own.length || !presets.isFiltered) ? this.section('Yours', own) : nothing}
      ${rigs.length + own.length ? nothing : this.nothingFound}
      ${
        hasOwn || presets.isFiltered
          ? nothing
          : html`<h2 class="list-head"><span>Yours</span><span>0</span></h2>
              <button class="list-row" @click=${() => app.dialogs.open('preset', 'save')}>
                ${icon('plus', 14)}<span class="name">Save this rig</span>
              </button>`
      }`;
  }

  /** From the search into what it found; Esc empties it first. */
  private key(event: KeyboardEvent): void {
    const { presets } = this.app;
    if (event.key === 'Escape' && presets.filter.search) {
      event.preventDefault();
      presets.look({ search: '' });
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      this.querySelector<HTMLElement>('.preset .list-row')?.focus();
    } else if (event.key === 'Enter') {
      const { rigs, own } = presets.found;
      const [first] = [...rigs, ...own];
      if (first && presets.filter.search) this.pick(first);
    }
  }
}
customElements.define('sc-presets', ScPresets);
