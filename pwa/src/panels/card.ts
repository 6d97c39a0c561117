// SPDX-License-Identifier: MIT
// <sc-card>: one module of the rack. On a phone it is a row that opens.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { ParamMeta } from '../model/engine-port.ts';
import { familyOf } from '../model/family.ts';
import { Panel } from '../ui/dom.ts';
import { glyph, icon, type IconName } from '../ui/icons.ts';
import { iconButton, menuItem, segments } from '../ui/parts.ts';
import { openPopover, PopoverButton } from '../ui/popover.ts';
import { turn } from '../ui/turns.ts';
import { cardLayout, type CardLayout } from './card-layout.ts';
import { allSettings, choice, fileSlot, knob, knobTurns } from './controls.ts';
import { rowVariantOf, variantOf } from './variant.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-card': ScCard;
  }
}

export class ScCard extends Panel {
  static override properties = {
    app: { attribute: false },
    nodeId: { attribute: false },
    phone: { type: Boolean },
    open: { type: Boolean, reflect: true },
    current: { type: Boolean },
    band: { state: true },
  };
  declare app: App;
  declare nodeId: string;
  declare phone: boolean;
  declare open: boolean;
  /** The one of all modules that Tab comes to; the arrow keys go on from there. */
  declare current: boolean;
  declare band: number;
  private readonly menu = new PopoverButton();
  private stops: (() => void)[] = [];
  private turns: ReturnType<typeof knobTurns> | undefined;

  constructor() {
    super();
    this.nodeId = '';
    this.phone = false;
    this.open = false;
    this.current = false;
    this.band = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    this.turns = knobTurns(app, () => this.nodeId);
    this.stops = [
      app.session.on('value', ({ nodeId }) => nodeId === this.nodeId && this.follow()),
      app.session.on('project', () => this.requestUpdate()),
      app.hint.subscribe(() => this.requestUpdate()),
    ];
  }
  /** Sixty cards at once would be one long task. */
  protected override scheduleUpdate(): void | Promise<unknown> {
    if (this.hasUpdated) return super.scheduleUpdate();
    return turn().then(() => super.scheduleUpdate());
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.menu.close();
  }

  /** Knobs stand where the value is, whoever moved it. */
  private follow(): void {
    for (const element of this.querySelectorAll('sc-knob')) {
      if (element.param) element.value = this.app.session.value(this.nodeId, element.param);
    }
    const title = this.querySelector('.variant');
    if (title) title.textContent = this.variant;
  }

  private get variant(): string {
    const { session } = this.app;
    const meta = session.meta(this.nodeId);
    const value = (param: ParamMeta) => session.value(this.nodeId, param);
    return this.phone ? rowVariantOf(meta, value) : variantOf(meta, value);
  }

  private openMenu(event: Event): void {
    const { session } = this.app;
    const anchor = event.currentTarget as HTMLElement;
    const item = (...what: [symbol: IconName, text: string, run: () => void]) =>
      menuItem(() => this.menu.close(), ...what);
    this.menu.toggle(anchor, {
      role: 'menu',
      label: `${session.labelOf(this.nodeId)} menu`,
      render: () => html`
        ${item('settings', 'All settings', () => this.openSettings(anchor))}
        ${session.meta(this.nodeId).params.length ? item('star', 'Presets', () => this.openPresets(anchor)) : nothing}
        ${item('undo', 'Back to defaults', () => session.resetNode(this.nodeId))}
        ${
          this.app.midi.isThere
            ? item('midi', 'MIDI learn on and off', () => this.learnBypass(anchor))
            : nothing
        }
        <hr />
        ${item('trash', 'Remove', () => session.remove(this.nodeId))}
      `,
    });
  }

  private openPresets(anchor: HTMLElement): void {
    void this.app.attempt(async () => {
      const { openModulePresets } = await import('./module-presets.ts');
      openModulePresets(this.app, this.nodeId, anchor);
    });
  }

  private learnBypass(anchor: HTMLElement): void {
    void this.app.attempt(async () => {
      const { learnBypass } = await import('./midi-learn.ts');
      await learnBypass(this.app, anchor, this.nodeId);
    });
  }
  private openSettings(anchor: HTMLElement): void {
    const { app, nodeId } = this;
    const panel = openPopover(anchor, {
      role: 'dialog',
      label: `All settings of ${app.session.labelOf(nodeId)}`,
      className: 'settings-popover',
      render: () => allSettings(app, nodeId),
      onClose: () => stop(),
    });
    const stop = app.session.on('project', () => {
      if (app.session.node(nodeId)) panel.update();
      else panel.close();
    });
  }

  private controls(layout: CardLayout): TemplateResult {
    const { app, nodeId } = this;
    const isHinted = app.hint.state === 'shown' && app.session.node(nodeId)?.type === 'overdrive';
    return html`<div class="knobs">
        ${layout.knobs.map(
          (places) =>
            html`<div class="knob-place">
              ${places.map(({ param, size }) => knob(app, nodeId, param, size))}
              ${
                isHinted && places.some(({ param }) => param.id === 'drive')
                  ? html`<div class="hint" role="status">Turn Drive</div>`
                  : nothing
              }
            </div>`,
        )}
      </div>
      ${this.bands(layout)} ${this.choices(layout)}`;
  }

  private choices(layout: CardLayout): TemplateResult | typeof nothing {
    const { app, nodeId } = this;
    const slot = fileSlot(app, nodeId);
    if (slot === nothing && layout.choices.length === 0) return nothing;
    const shown = slot === nothing ? layout.choices : [];
    return html`<div class="choices">
      ${shown.map((param) => choice(app, nodeId, param))}${slot}
    </div>`;
  }

  private bands({ bands }: CardLayout): TemplateResult | typeof nothing {
    const shown = bands[this.band] ?? bands[0];
    if (!shown) return nothing;
    const options = bands.map((_, i) => ({ value: String(i), label: String(i + 1) }));
    const { app, nodeId } = this;
    return html`<div class="bands">
      ${segments('Band', options, String(bands.indexOf(shown)), (value) => (this.band = Number(value)))}
      <div class="band">
        ${shown.map((param) =>
          param.choices ? choice(app, nodeId, param) : knob(app, nodeId, param, 'm'),
        )}
      </div>
    </div>`;
  }

  private head(family: ReturnType<typeof familyOf>, label: string): TemplateResult {
    const isBypassed = this.app.session.node(this.nodeId)?.bypass === true;
    const size = this.phone ? 20 : 16;
    const power = iconButton(
      'power',
      `${label} on`,
      () => this.app.session.setBypass(this.nodeId, !isBypassed),
      {
        pressed: !isBypassed,
        className: 'power',
        size,
        title: isBypassed ? 'Switch on' : 'Bypass',
      },
    );
    // Screen readers go from heading to heading; on a phone the heading is around the button.
    const names = html`${glyph(family, size, isBypassed ? 'var(--line-3)' : undefined)}<span
        class="names"
        ><span
          class="name"
          role=${this.phone ? nothing : 'heading'}
          aria-level=${this.phone ? nothing : 2}
          >${label}</span
        ><span class="variant" .textContent=${this.variant}></span
      ></span>`;
    return html`<div class="card-head">
      <button class="handle" aria-label="Move ${label}" title="Drag, or use the arrow keys">
        ${icon('grip', size)}
      </button>
      ${
        this.phone
          ? html`<h2>
                <button class="opener" aria-expanded=${this.open} @click=${() => this.toggle()}>
                  ${names}
                </button>
              </h2>
              ${
                this.open
                  ? iconButton('more', `${label} menu`, (event) => this.openMenu(event), {
                      popup: true,
                      size,
                    })
                  : html`<sc-face small .app=${this.app} .nodeId=${this.nodeId}></sc-face>`
              }${power}`
          : html`${names}<span class="grow"></span>${power}${iconButton(
                'more',
                `${label} menu`,
                (event) => this.openMenu(event),
                { popup: true },
              )}`
      }
    </div>`;
  }

  private toggle(): void {
    this.dispatchEvent(
      new CustomEvent('sc-open', { bubbles: true, detail: { nodeId: this.nodeId } }),
    );
  }

  override render() {
    const { app, nodeId, turns } = this;
    const node = app.session.node(nodeId);
    if (!node || !turns) return nothing;
    const meta = app.session.catalog.get(node.type);
    const family = familyOf(meta.category);
    const layout = cardLayout(meta);
    const label = app.session.labelOf(nodeId);
    const isOpen = !this.phone || this.open;
    return html`<section
      class="card ${node.bypass ? 'bypassed' : ''}"
      data-family=${family}
      data-type=${node.type}
      role="group"
      aria-label=${label}
      tabindex=${this.current ? 0 : -1}
      @sc-input=${turns}
    >
      ${this.head(family, label)}
      ${
        isOpen
          ? html`<sc-face .app=${app} .nodeId=${nodeId}></sc-face>${this.controls(layout)}`
          : nothing
      }
    </section>`;
  }
}
customElements.define('sc-card', ScCard);
