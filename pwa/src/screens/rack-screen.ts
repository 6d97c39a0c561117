// SPDX-License-Identifier: MIT
// <sc-rack-screen>: the rig with everything around it, for wide, middle and phone screens.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { addModule } from '../panels/side.ts';
import { sourceSwitch } from '../panels/source.ts';
import { Panel } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { banner } from '../ui/parts.ts';
import { PopoverButton } from '../ui/popover.ts';
import '../panels/master-strip.ts';
import '../panels/rack.ts';
import '../panels/rig-head.ts';
import '../panels/take-list.ts';
import '../panels/top-bar.ts';
import '../panels/transport.ts';

type Width = 'phone' | 'middle' | 'wide';
type Tab = 'rack' | 'rigs' | 'takes';
const kPhone = matchMedia('(max-width: 639px), (max-height: 480px) and (orientation: landscape)');
const kMiddle = matchMedia('(max-width: 1199px)');

export class ScRackScreen extends Panel {
  static override properties = {
    app: { attribute: false },
    width: { state: true },
    tab: { state: true },
    drawer: { state: true },
  };
  declare app: App;
  declare width: Width;
  declare tab: Tab;
  declare drawer: boolean;
  private readonly palette = new PopoverButton();
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.tab = 'rack';
    this.drawer = false;
    this.measure();
  }

  private readonly measure = (): void => {
    this.width = kPhone.matches ? 'phone' : kMiddle.matches ? 'middle' : 'wide';
  };

  override connectedCallback(): void {
    super.connectedCallback();
    this.stops = [
      this.app.on('change', () => this.requestUpdate()),
      this.app.session.on('project', () => this.requestUpdate()),
    ];
    for (const query of [kPhone, kMiddle]) query.addEventListener('change', this.measure);
    addEventListener('keydown', this.key);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    for (const query of [kPhone, kMiddle]) query.removeEventListener('change', this.measure);
    removeEventListener('keydown', this.key);
    this.palette.close();
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) this.drawer = false;
  };

  private openPalette(event: Event): void {
    const { app } = this;
    this.palette.toggle(event.currentTarget as HTMLElement, {
      role: 'dialog',
      label: 'Add a module',
      className: 'palette-popover',
      render: (close) =>
        html`<sc-palette
          eager
          .catalog=${app.session.catalog}
          @sc-add=${(add: CustomEvent<{ type: string }>) => {
            close();
            addModule(app, add.detail.type);
          }}
        ></sc-palette>`,
    });
  }

  private head(): TemplateResult {
    return html`<div class="rack-head">
      <sc-rig-head .app=${this.app}></sc-rig-head>
      <button
        class="button add-module"
        aria-haspopup="true"
        aria-expanded="false"
        @click=${(event: Event) => this.openPalette(event)}
      >
        ${icon('plus', 14)}Add module
      </button>
    </div>`;
  }

  private banners(): TemplateResult | typeof nothing {
    const { shownBanners } = this.app.shell;
    if (!shownBanners.length) return nothing;
    return html`<div class="banners">${shownBanners.map(banner)}</div>`;
  }

  private renderPhone(): TemplateResult {
    const { app } = this;
    const tabs = [
      ['rack', 'Rack', 'rack'],
      ['rigs', 'Rigs', 'list'],
      ['takes', 'Takes', 'record'],
    ] as const;
    const body = {
      rack: () =>
        html`<sc-rack .app=${app} phone></sc-rack>
          <div class="phone-end">
            ${sourceSwitch(app)}
            <button
              class="button add-module"
              aria-haspopup="true"
              aria-expanded="false"
              @click=${(event: Event) => this.openPalette(event)}
            >
              ${icon('plus', 16)}Add module
            </button>
          </div>`,
      rigs: () =>
        html`<div class="phone-rig"><sc-rig-head .app=${app} phone></sc-rig-head></div>
          <sc-side phone .app=${app} @sc-picked=${() => (this.tab = 'rack')}></sc-side>`,
      takes: () => html`<sc-takes .app=${app}></sc-takes>`,
    }[this.tab];
    return html`<div class="phone">
      <sc-top-bar .app=${app} phone></sc-top-bar>
      <main class="scroller" id="rig">
        <h1 class="visually-hidden">${app.session.name}</h1>
        ${this.banners()}${body()}
      </main>
      <sc-master .app=${app} bar></sc-master>
      <nav class="phone-nav" aria-label="Screens">
        ${tabs.map(
          ([value, label, symbol]) =>
            html`<button
              aria-current=${this.tab === value ? 'page' : nothing}
              @click=${() => (this.tab = value)}
            >
              ${icon(symbol, 20)}${label}
            </button>`,
        )}
      </nav>
    </div>`;
  }

  override render() {
    const { app } = this;
    if (this.width === 'phone') return this.renderPhone();
    const isDrawer = this.width === 'middle';
    return html`<div class="desk ${this.width}">
      <sc-top-bar
        .app=${app}
        ?drawer=${isDrawer}
        @sc-drawer=${() => (this.drawer = !this.drawer)}
      ></sc-top-bar>
      ${
        !isDrawer || this.drawer
          ? html`<sc-side .app=${app} class=${isDrawer ? 'drawer' : ''}></sc-side>`
          : nothing
      }
      ${
        isDrawer && this.drawer
          ? html`<div class="drawer-scrim" @click=${() => (this.drawer = false)}></div>`
          : nothing
      }
      <main class="scroller" id="rig">
        ${this.banners()}${this.head()}<sc-rack .app=${app}></sc-rack>
      </main>
      <sc-master .app=${app}></sc-master>
      <sc-transport .app=${app}></sc-transport>
    </div>`;
  }
}
customElements.define('sc-rack-screen', ScRackScreen);
