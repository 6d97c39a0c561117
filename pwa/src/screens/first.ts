// SPDX-License-Identifier: MIT
// <sc-first>: one sentence, two buttons, one picture. Nothing asks and nothing sounds before a press.
import { html, nothing } from 'lit';
import type { App } from '../model/app.ts';
import type { StoredProject } from '../model/library.ts';
import { Panel } from '../ui/dom.ts';
import { hero } from '../ui/hero.ts';
import { icon, mark } from '../ui/icons.ts';
import { banner } from '../ui/parts.ts';

const clockTime = (ms: number) =>
  new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export class ScFirst extends Panel {
  static override properties = {
    app: { attribute: false },
    last: { state: true },
    size: { state: true },
  };
  declare app: App;
  declare last: StoredProject | undefined;
  declare size: { readonly width: number; readonly height: number };
  private stops: (() => void)[] = [];
  private readonly observer = new ResizeObserver(([entry]) => {
    const { width, height } = entry?.contentRect ?? { width: 0, height: 0 };
    this.size = { width: Math.round(width), height: Math.round(height) };
  });

  constructor() {
    super();
    this.last = undefined;
    this.size = { width: 0, height: 0 };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const look = () => void this.app.keeper.last().then((last) => (this.last = last));
    this.stops = [
      this.app.on('change', () => this.requestUpdate()),
      // Projects come and go in a dialog.
      this.app.dialogs.on('change', look),
    ];
    look();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.observer.disconnect();
  }
  protected override firstUpdated(): void {
    const picture = this.querySelector('.picture');
    if (picture) this.observer.observe(picture);
  }

  private picture() {
    const { width, height } = this.size;
    if (width < 40 || height < 40) return nothing;
    const isSmall = width < 640;
    const margin = isSmall ? 20 : Math.min(96, width * 0.067);
    return hero({ width, height: Math.min(height, isSmall ? 280 : 380), margin, isSmall });
  }

  private install() {
    const { installing, dialogs } = this.app;
    if (!installing.canAsk && installing.hint === undefined) return nothing;
    // Where the browser has no question of its own, the page says which menu to open.
    const run = () =>
      installing.canAsk ? void installing.ask() : dialogs.open('settings', 'about');
    return html`<button class="button quiet-button install" @click=${run}>
      ${icon('download', 16)}Install
    </button>`;
  }

  override render() {
    const { app, last } = this;
    const isStarting = app.demo.state === 'starting';
    return html`<div class="first">
      <header class="row">
        ${mark(1.1)}<span class="head">Sonic-Core</span><span class="grow"></span>
        <button
          class="button quiet-button"
          @click=${() => (last ? app.dialogs.open('projects') : void app.files.pickProject())}
        >
          Open a project
        </button>
      </header>
      <main>
        ${app.shell.shownBanners.map(banner)}
        <h1>Play guitar through an amp, right in this page.</h1>
        <div class="start">
          <button
            class="button ${app.shell.hasPrimary ? '' : 'primary'} big"
            @click=${() => app.microphone.flow.send({ type: 'start' })}
          >
            ${icon('plug', 18)}Plug in
          </button>
          <button
            class="button big"
            ?disabled=${isStarting}
            @click=${() => app.demo.send({ type: 'press' })}
          >
            ${icon('play', 18)}${isStarting ? 'Starting' : 'Play the demo'}
          </button>
        </div>
        ${
          last
            ? html`<button class="button quiet-button go-on" @click=${() => void app.goOn()}>
                ${icon('folder', 16)}<span>Go on with <b>${last.name}</b></span
                ><span class="quiet">${clockTime(last.savedAtMs)}</span>
              </button>`
            : nothing
        }
      </main>
      <div class="picture">${this.picture()}</div>
      <footer class="row quiet">
        <span>No account. Nothing is uploaded.</span>${this.install()}<span class="grow"></span
        ><span class="wide">Drop a WAV or a project anywhere</span>
      </footer>
    </div>`;
  }
}
customElements.define('sc-first', ScFirst);
