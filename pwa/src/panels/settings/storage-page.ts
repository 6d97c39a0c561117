// SPDX-License-Identifier: MIT
// <sc-storage-page>: how much room there is, whether the browser keeps it, backups, and the way to delete everything.
import { html, nothing, type TemplateResult } from 'lit';
import { bytesText } from '../../format/room.ts';
import type { App } from '../../model/app.ts';
import { askToPersist, type StorageFacts, storageFacts } from '../../storage/persist.ts';
import { Panel } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { BackupDoor } from '../projects/backup-door.ts';

/** Asked twice: `sure` is the second question. */
type Asked = 'no' | 'once' | 'sure';

const row = (name: string, body: unknown): TemplateResult =>
  html`<div class="setting">
    <span class="soft">${name}</span>
    <div class="row gap-3 setting-body">${body}</div>
  </div>`;
const plural = (n: number): string => (n === 1 ? '1 project' : `${n} projects`);

export class ScStoragePage extends Panel {
  static override properties = {
    app: { attribute: false },
    facts: { state: true },
    count: { state: true },
    asked: { state: true },
  };
  declare app: App;
  declare facts: StorageFacts | undefined;
  declare count: number;
  declare asked: Asked;
  private backups: BackupDoor | undefined;
  private stop: (() => void) | undefined;

  constructor() {
    super();
    this.facts = undefined;
    this.count = 0;
    this.asked = 'no';
  }
  override connectedCallback(): void {
    super.connectedCallback();
    this.backups = new BackupDoor(this.app);
    this.stop = this.backups.on('change', () => this.requestUpdate());
    void this.look();
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private async look(): Promise<void> {
    this.facts = await storageFacts();
    // Private windows of some browsers have no store: then there is nothing in it.
    this.count = await this.app.library.projects().then(
      (all) => all.length,
      () => 0,
    );
  }

  private room(): unknown {
    const { usedBytes, quotaBytes } = this.facts ?? {};
    if (usedBytes === undefined || quotaBytes === undefined || quotaBytes <= 0) {
      return this.facts ? 'This browser does not say.' : '';
    }
    const percent = Math.min(100, (100 * usedBytes) / quotaBytes);
    return html`<div class="grow">
      <div class="storage-bar" aria-hidden="true">
        <div style="width: ${percent.toFixed(2)}%"></div>
      </div>
      <p class="small soft">
        ${bytesText(usedBytes)} used, ${bytesText(quotaBytes - usedBytes)} free
      </p>
    </div>`;
  }

  private kept(): unknown {
    const { isPersisted } = this.facts ?? {};
    if (isPersisted === undefined) return this.facts ? 'As long as this browser likes.' : '';
    if (isPersisted) {
      return html`${icon('check', 14)}<span
          >The browser keeps it, however full the device is.</span
        >`;
    }
    return html`<span>The browser may clear it when the device is full.</span>
      <button class="button" @click=${() => void this.askToKeep()}>Ask it to keep it</button>`;
  }
  private async askToKeep(): Promise<void> {
    const isKept = await askToPersist();
    if (!isKept) this.app.shell.say('The browser said no. A backup is the safe way.');
    await this.look();
  }

  private async deleteAll(): Promise<void> {
    const { app } = this;
    await app.attempt(async () => {
      await app.closeProject();
      const { isOpenElsewhere, wipe } = await import('../../storage/wipe.ts');
      if (await isOpenElsewhere()) {
        app.shell.say('A project is open in another tab. Close that tab first');
        return;
      }
      await wipe();
      // Nothing that this page remembers is true any more.
      location.reload();
    });
    this.asked = 'no';
  }
  private ask(asked: Asked): void {
    this.asked = asked;
    void this.updateComplete.then(() =>
      this.querySelector<HTMLElement>(asked === 'no' ? '.delete-all' : '.keep')?.focus(),
    );
  }
  private danger(): TemplateResult {
    if (this.asked === 'no') {
      return html`<button class="button delete-all" @click=${() => this.ask('once')}>
        ${icon('trash', 14)}Delete everything
      </button>`;
    }
    const isSure = this.asked === 'sure';
    return html`<div class="question" role="alert">
        <p class="strong">
          ${
            isSure
              ? 'This cannot be undone. Delete it for good?'
              : `This deletes ${plural(this.count)}, all takes, presets and settings of this browser.`
          }
        </p>
      </div>
      <button class="button keep" @click=${() => this.ask('no')}>Keep everything</button>
      <button class="button" @click=${() => (isSure ? void this.deleteAll() : this.ask('sure'))}>
        ${isSure ? 'Delete for good' : 'Delete'}
      </button>`;
  }

  override render() {
    const { app, backups } = this;
    return html`<div class="storage-page">
      ${row('Space', this.room())} ${row('Kept', this.kept())}
      ${row(
        'Projects',
        html`<span>${this.count ? `${plural(this.count)} on this device` : 'None yet'}</span>
          <button class="button" @click=${() => app.dialogs.open('projects')}>Show</button>`,
      )}
      <hr />
      ${row(
        'Backup',
        html`<button
            class="button"
            ?disabled=${backups?.isBusy || !this.count}
            @click=${() => void backups?.backUp()}
          >
            ${icon('download', 14)}Back up everything
          </button>
          <button
            class="button"
            ?disabled=${backups?.isBusy}
            @click=${() => void backups?.restore().then(() => this.look())}
          >
            Restore a backup
          </button>
          <span class="small quiet" role="status">${backups?.progress}</span>`,
      )}
      <p class="small quiet setting-note">
        One file with all projects, takes, presets, favourites, keys and pedals. Restoring it writes
        over nothing: what is the same is left out, what differs comes as a copy.
      </p>
      <hr />
      ${this.count || this.asked !== 'no' ? row('', this.danger()) : nothing}
    </div>`;
  }
}
customElements.define('sc-storage-page', ScStoragePage);
