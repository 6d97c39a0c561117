// SPDX-License-Identifier: MIT
// <sc-side>: rigs and modules to choose from, and the takes.
import { html, nothing } from 'lit';
import type { App } from '../model/app.ts';
import { placeFor } from '../model/placement.ts';
import { kRigs } from '../rigs/index.ts';
import type { Rig } from '../rigs/rig.ts';
import { Panel } from '../ui/dom.ts';
import { glyph, icon } from '../ui/icons.ts';
import { segments } from '../ui/parts.ts';
import { cardElement } from './module-focus.ts';
import { pickRig } from './pick-rig.ts';
import { takeList } from './take-list.ts';
import './palette.ts';

const scrollBehaviour = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';

type Tab = 'rigs' | 'modules';

/** Adds a module where it belongs; with `isFocused` the keys go on from there. */
export function addModule(app: App, type: string, isFocused = false): void {
  const { session } = app;
  const types = session.chain.nodes.map((id) => session.node(id)?.type ?? '');
  const id = session.insert(type, placeFor(session.catalog, type, types));
  requestAnimationFrame(() => {
    const card = cardElement(id);
    if (isFocused) card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest', behavior: scrollBehaviour() });
  });
}

export class ScSide extends Panel {
  static override properties = {
    app: { attribute: false },
    tab: { state: true },
    search: { state: true },
  };
  declare app: App;
  declare tab: Tab;
  declare search: string;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.tab = 'rigs';
    this.search = '';
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [
      this.app.on('change', () => this.requestUpdate()),
      this.app.session.on('project', () => this.requestUpdate()),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  private pick(rig: Rig): void {
    if (pickRig(this.app, rig)) this.dispatchEvent(new CustomEvent('sc-picked', { bubbles: true }));
  }

  private rigs() {
    const words = this.search.toLowerCase();
    const found = kRigs.filter(({ name, style }) =>
      `${name} ${style}`.toLowerCase().includes(words),
    );
    const { rigId } = this.app.session;
    return html`<label class="field"
        >${icon('search', 14)}<input
          type="search"
          placeholder="Search rigs"
          aria-label="Search rigs"
          .value=${this.search}
          @input=${(event: Event) => (this.search = (event.target as HTMLInputElement).value)}
        /><span class="kbd">/</span></label
      >
      <h2 class="list-head"><span>Rigs</span><span>${found.length}</span></h2>
      <ul aria-label="Rigs">
        ${found.map((rig) => {
          const isCurrent = rig.id === rigId;
          return html`<li>
            <button
              class="list-row"
              aria-current=${isCurrent ? 'true' : nothing}
              @click=${() => this.pick(rig)}
            >
              ${glyph('amp', 14, isCurrent ? undefined : 'var(--text-3)')}<span class="name"
                >${rig.name}</span
              ><span class="fact">${rig.style}</span>
            </button>
          </li>`;
        })}
      </ul>`;
  }

  private takes() {
    const { list } = this.app.takes;
    if (!list.length) return nothing;
    return html`<h2 class="list-head"><span>Takes</span><span>${list.length}</span></h2>
      ${takeList(this.app)}`;
  }

  override render() {
    const tabs = [
      { value: 'rigs', label: 'Rigs' },
      { value: 'modules', label: 'Modules' },
    ] as const;
    return html`<nav class="side" aria-label="Rigs and modules">
      ${segments('Show', tabs, this.tab, (tab) => (this.tab = tab))}
      <div class="side-list">
        ${
          this.tab === 'rigs'
            ? html`${this.rigs()}${this.takes()}`
            : html`<sc-palette
                .catalog=${this.app.session.catalog}
                @sc-add=${(event: CustomEvent<{ type: string }>) => addModule(this.app, event.detail.type)}
              ></sc-palette>`
        }
      </div>
      <p class="small quiet drop-note">Drop a WAV on the cabinet, or a project anywhere</p>
    </nav>`;
  }
}
customElements.define('sc-side', ScSide);
