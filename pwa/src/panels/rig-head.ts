// SPDX-License-Identifier: MIT
// <sc-rig-head>: the name of the rig with its menu, what it is, A and B, previous and next. On a phone (attribute
// `phone`) it stands above the list of rigs, and the name in the bar on top.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { Panel } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { iconButton, segments } from '../ui/parts.ts';
import { PopoverButton } from '../ui/popover.ts';
import { rigMenu } from './preset-menu.ts';

const kSides = [
  { value: 'A', label: 'A' },
  { value: 'B', label: 'B' },
] as const;

export class ScRigHead extends Panel {
  static override properties = { app: { attribute: false }, phone: { type: Boolean } };
  declare app: App;
  declare phone: boolean;
  private readonly menu = new PopoverButton();
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.phone = false;
  }
  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    const update = () => this.requestUpdate();
    this.stops = [
      app.on('change', update),
      app.session.on('project', update),
      app.presets.on('change', update),
    ];
    void app.presets.open();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.menu.close();
  }

  private openMenu(event: Event): void {
    this.menu.toggle(event.currentTarget as HTMLElement, {
      role: 'menu',
      label: 'Rig menu',
      render: (close) => rigMenu(this.app, close),
    });
  }

  private get name(): TemplateResult {
    const { rigs } = this.app;
    return html`<h1 class="head">
      <button
        class="rig-name"
        aria-haspopup="true"
        aria-expanded="false"
        title="Save, compare, import"
        @click=${(event: Event) => this.openMenu(event)}
      >
        <span class="name">${rigs.name}</span
        >${rigs.isEdited ? html`<span class="edited">, edited</span>` : nothing}${icon('down', 14)}
      </button>
    </h1>`;
  }

  private get facts(): TemplateResult {
    const { session, engine, rigs } = this.app;
    const { nodes, besideCount } = session.chain;
    const own = engine?.latency.ownMs ?? Number.NaN;
    const tag = rigs.current?.tags[0];
    return html`${tag ? html`<span class="pill">${tag}</span>` : nothing}
      <span class="pill">${nodes.length} ${nodes.length === 1 ? 'module' : 'modules'}</span>
      ${besideCount ? html`<span class="pill">${besideCount} beside this path</span>` : nothing}
      ${Number.isFinite(own) ? html`<span class="pill">${own.toFixed(own < 0.05 ? 0 : 1)} ms added</span>` : nothing}`;
  }

  override render() {
    const { app } = this;
    const step = (direction: 1 | -1) => void app.attempt(() => app.rigs.step(direction));
    const size = this.phone ? 20 : 16;
    const compare = html`${segments('Compare', kSides, app.rigs.side, (side) => app.rigs.setSide(side))}
    ${iconButton('left', 'Previous rig', () => step(-1), { size })}
    ${iconButton('right', 'Next rig', () => step(1), { size })}`;
    const grow = html`<span class="grow"></span>`;
    // On a phone the name stands above already.
    if (!this.phone) return html`${this.name}${this.facts}${grow}${compare}`;
    return html`${compare}${grow}
    ${iconButton('more', 'Rig menu', (event) => this.openMenu(event), { popup: true, size })}`;
  }
}
customElements.define('sc-rig-head', ScRigHead);
