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
import './palette.ts';
import './take-list.ts';

const scrollBehaviour = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';

type Tab = 'rigs' | 'modules' | 'takes';

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
    phone: { type: Boolean },
    tab: { state: true },
    search: { state: true },
  };
  declare app: App;
  /** Takes have a screen of their own there. */
  declare phone: boolean;
  declare tab: Tab;
  declare search: string;
  private wasRecording = false;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.tab = 'rigs';
    this.phone = false;
    this.search = '';
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [
      this.app.on('change', () => {
        this.followRecording();
        this.requestUpdate();
      }),
      this.app.session.on('project', () => this.requestUpdate()),
    ];
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
  }

  /** A recording is shown when it begins; from there on the tab is the player's. */
  private followRecording(): void {
    const isRecording = this.app.takes.recordingSince !== undefined;
    if (isRecording && !this.wasRecording) this.tab = 'takes';
    this.wasRecording = isRecording;
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

  override render() {
    const tabs = [
      { value: 'rigs', label: 'Rigs' },
      { value: 'modules', label: 'Modules' },
      ...(this.phone ? [] : ([{ value: 'takes', label: 'Takes' }] as const)),
    ] as const;
    return html`<nav class="side" aria-label="Rigs, modules and takes">
      ${segments('Show', tabs, this.tab, (tab) => (this.tab = tab))}
      <div class="side-list">
        ${
          this.tab === 'rigs'
            ? this.rigs()
            : this.tab === 'takes'
              ? html`<sc-takes .app=${this.app}></sc-takes>`
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
