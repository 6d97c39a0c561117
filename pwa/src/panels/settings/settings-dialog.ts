// SPDX-License-Identifier: MIT
// <sc-settings>: pages of settings; on a phone the pages are a row above.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../../model/app.ts';
import { DialogPanel } from '../../ui/dialog.ts';
import { moveFocus } from '../../ui/popover.ts';
import { aboutPage } from './about.ts';
import { appearancePage } from './appearance.ts';
import { audioPage } from './audio.ts';
import { keyboardPage } from './keyboard.ts';
import { midiPage } from './midi.ts';
import type { SettingsPage } from './page.ts';
import { storagePage } from './storage.ts';

export const kPages: readonly SettingsPage[] = [
  audioPage,
  midiPage,
  keyboardPage,
  storagePage,
  appearancePage,
  aboutPage,
];

export class ScSettings extends DialogPanel {
  protected readonly heading = 'Settings';
  protected override readonly className_ = 'settings';

  private get page(): SettingsPage {
    const { about } = this.app.dialogs;
    return kPages.find(({ id }) => id === about) ?? audioPage;
  }

  private tabs(): TemplateResult {
    const key = (event: KeyboardEvent) => {
      if (!/^(Arrow|Home|End)/.test(event.key)) return;
      if (!moveFocus(event.currentTarget as HTMLElement, '[role="tab"]', event.key)) return;
      event.preventDefault();
      (document.activeElement as HTMLElement).click();
    };
    const isStanding = matchMedia('(min-width: 640px)').matches;
    return html`<div
      class="pages"
      role="tablist"
      aria-label="Settings pages"
      aria-orientation=${isStanding ? 'vertical' : 'horizontal'}
      @keydown=${key}
    >
      ${kPages.map(({ id, label }) => {
        const isOn = id === this.page.id;
        return html`<button
          class="list-row"
          role="tab"
          id=${`settings-tab-${id}`}
          aria-selected=${isOn}
          tabindex=${isOn ? 0 : -1}
          @click=${() => this.app.dialogs.open('settings', id)}
        >
          ${label}
        </button>`;
      })}
    </div>`;
  }

  protected body(): TemplateResult {
    return html`${this.tabs()}
      <div class="body" role="tabpanel" aria-labelledby=${`settings-tab-${this.page.id}`}>
        ${this.page.render(this.app, () => this.requestUpdate())}
      </div>`;
  }
  protected override foot(): TemplateResult {
    return html`<div class="foot">
      ${this.page.foot?.(this.app) ?? nothing}<span class="grow"></span>
      <button class="button primary" @click=${() => this.close()}>Done</button>
    </div>`;
  }
  protected override watch() {
    const { app } = this;
    const update = () => this.requestUpdate();
    return [...super.watch(), app.dialogs.on('change', update), app.updates.on('change', update)];
  }
}
customElements.define('sc-settings', ScSettings);

export const dialog = (app: App): TemplateResult => html`<sc-settings .app=${app}></sc-settings>`;
