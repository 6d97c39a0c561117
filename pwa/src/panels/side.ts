// SPDX-License-Identifier: MIT
// <sc-side>: rigs and modules to choose from, and the takes.
import { html, nothing } from 'lit';
import type { App } from '../model/app.ts';
import { placeFor } from '../model/placement.ts';
import { takeLength } from '../model/takes.ts';
import { Panel } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { segments } from '../ui/parts.ts';
import { drawnCard } from './module-focus.ts';
import './palette.ts';
import './preset-list.ts';
import './take-list.ts';

const scrollBehaviour = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth';

type Tab = 'rigs' | 'modules' | 'takes';

/** Adds a module where it belongs; with `isFocused` the keys go on from there. */
export function addModule(app: App, type: string, isFocused = false): void {
  const { session } = app;
  const types = session.chain.nodes.map((id) => session.node(id)?.type ?? '');
  const id = session.insert(type, placeFor(session.catalog, type, types));
  void drawnCard(id).then((card) => {
    if (isFocused) card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest', behavior: scrollBehaviour() });
  });
}

export class ScSide extends Panel {
  static override properties = {
    app: { attribute: false },
    phone: { type: Boolean },
    tab: { state: true },
  };
  declare app: App;
  /** Takes have a screen of their own there. */
  declare phone: boolean;
  declare tab: Tab;
  private wasRecording = false;
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.tab = 'rigs';
    this.phone = false;
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

  /** What was recorded, below the rigs; more of it is on a tab of its own. */
  private takes() {
    const { list } = this.app.takes;
    if (!list.length || this.phone) return nothing;
    return html`<h2 class="list-head"><span>Takes</span><span>${list.length}</span></h2>
      <ul aria-label="Takes">
        ${list.map(
          (take) =>
            html`<li>
              <button class="list-row" title="Show the takes" @click=${() => (this.tab = 'takes')}>
                <span class="quiet row">${icon('record', 14)}</span
                ><span class="name">${take.name}</span
                ><span class="fact number">${takeLength(take)}</span>
              </button>
            </li>`,
        )}
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
            ? html`<sc-presets .app=${this.app}></sc-presets>${this.takes()}`
            : this.tab === 'takes'
              ? html`<sc-takes .app=${this.app}></sc-takes>`
              : html`<sc-palette
                  .catalog=${this.app.session.catalog}
                  @sc-add=${(event: CustomEvent<{ type: string }>) => addModule(this.app, event.detail.type)}
                ></sc-palette>`
        }
      </div>
      <p class="small quiet drop-note">Drop a WAV or a project anywhere</p>
    </nav>`;
  }
}
customElements.define('sc-side', ScSide);
