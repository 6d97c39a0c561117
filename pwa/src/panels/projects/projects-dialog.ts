// SPDX-License-Identifier: MIT
// <sc-projects>: what is kept on this device, each with a picture of its rig.
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { App } from '../../model/app.ts';
import { type ListedProject, ProjectList } from '../../model/project-list.ts';
import { kRigs } from '../../rigs/index.ts';
import { DialogPanel } from '../../ui/dialog.ts';
import { icon } from '../../ui/icons.ts';
import { openPopover } from '../../ui/popover.ts';
import { emptyWire } from '../../ui/wire.ts';
import { BackupDoor } from './backup-door.ts';
import { projectCard } from './project-card.ts';

export class ScProjects extends DialogPanel {
  static override properties = { app: { attribute: false }, renaming: { state: true } };
  /** The project whose name is a field. */
  declare renaming: string;
  protected readonly heading = 'Projects';
  protected override readonly className_ = 'projects';
  private list: ProjectList | undefined;
  private backups: BackupDoor | undefined;

  constructor() {
    super();
    this.renaming = '';
  }

  protected override watch() {
    const update = () => this.requestUpdate();
    const list = (this.list = new ProjectList(this.app));
    const backups = (this.backups = new BackupDoor(this.app));
    void this.app.attempt(async () => {
      await this.app.keeper.flush();
      await list.read();
    });
    return [...super.watch(), list.on('change', update), backups.on('change', update)];
  }

  private openNew(anchor: HTMLElement): void {
    const { app, list } = this;
    const item = (name: string, style: string, run: () => Promise<void> | undefined) =>
      html`<button
        class="list-row"
        role="menuitem"
        @click=${() => void app.attempt(async () => run())}
      >
        <span class="name">${name}</span><span class="fact">${style}</span>
      </button>`;
    openPopover(anchor, {
      role: 'menu',
      label: 'New project',
      className: 'new-project',
      render: () =>
        html`${item('Empty', '', () => list?.create())}
          <hr />
          ${kRigs.map((rig) => item(rig.name, rig.tags[0] ?? '', () => list?.create(rig)))}`,
    });
  }

  private head(list: ProjectList): TemplateResult {
    const { app } = this;
    return html`<div class="find row gap-2">
      <label class="field grow"
        >${icon('search', 14)}<input
          type="search"
          aria-label="Search projects"
          placeholder="Search projects"
          autofocus
          .value=${list.search}
          @input=${(event: Event) => list.searchFor((event.target as HTMLInputElement).value)}
      /></label>
      <button class="button" @click=${() => void this.openFile(app)}>
        ${icon('folder', 14)}Open a file
      </button>
      <button
        class="button primary"
        aria-haspopup="menu"
        aria-expanded="false"
        @click=${(event: Event) => this.openNew(event.currentTarget as HTMLElement)}
      >
        ${icon('plus', 14)}New project
      </button>
    </div>`;
  }
  private async openFile(app: App): Promise<void> {
    const before = app.session.id;
    await app.files.pickProject();
    if (app.session.id !== before) this.close();
  }

  private cards(list: ProjectList): TemplateResult | typeof nothing {
    const { all, found, isBlocked } = list;
    if (!all) return nothing;
    if (isBlocked) {
      return this.empty(
        'This browser keeps nothing for this page',
        'A private window, perhaps, or a setting. You can play; download what you want to keep.',
      );
    }
    if (!all.length) {
      return this.empty(
        'No project yet',
        'Start from a rig. What you make is kept here by itself.',
      );
    }
    if (!found.length) return this.empty(`Nothing here is called “${list.search}”`, '');
    return html`<ul class="project-cards" aria-label="Projects on this device">
      ${repeat(
        found,
        ({ stored }) => stored.id,
        (project) => this.card(list, project),
      )}
    </ul>`;
  }
  private empty(sentence: string, step: string): TemplateResult {
    return html`<div class="empty">
      <svg width="180" height="36" fill="none" aria-hidden="true">${emptyWire()}</svg>
      <div class="strong">${sentence}</div>
      ${step ? html`<div class="small soft">${step}</div>` : nothing}
    </div>`;
  }

  private card(list: ProjectList, project: ListedProject): TemplateResult {
    const { app } = this;
    const { stored } = project;
    const attempt = (work: () => Promise<unknown>) =>
      void app.attempt(async () => {
        await work();
      });
    return projectCard({
      project,
      catalog: app.session.catalog,
      isRenaming: this.renaming === stored.id,
      onOpen: () => attempt(() => list.open(stored)),
      onRename: () => {
        this.renaming = stored.id;
        void this.updateComplete.then(() =>
          this.querySelector<HTMLInputElement>('.project-card input')?.select(),
        );
      },
      onName: (name) => {
        this.renaming = '';
        if (name !== undefined && name !== stored.name) attempt(() => list.rename(stored, name));
        this.focusCard(stored.id);
      },
      onDuplicate: () =>
        attempt(async () => {
          this.focusCard(await list.duplicate(stored));
        }),
      onDownload: () => attempt(() => this.backups?.download(project) ?? Promise.resolve()),
      onRemove: () => attempt(() => this.throwAway(list, project)),
    });
  }

  private async throwAway(list: ProjectList, { stored, open }: ListedProject): Promise<void> {
    const { app } = this;
    const at = list.found.findIndex((project) => project.stored.id === stored.id);
    if (!(await list.remove(stored))) {
      app.shell.say(`${stored.name} is open in another tab. Close it there first`);
      return;
    }
    const next = list.found[Math.min(at, list.found.length - 1)];
    this.focusCard(next?.stored.id);
    app.shell.say(`${stored.name} deleted`, {
      label: 'Undo',
      outlastsEdits: true,
      run: () =>
        void app.attempt(async () => {
          await list.bringBack(stored);
          if (open === 'here' && !app.session.doc && (await app.openStored(stored))) {
            app.enterRack();
          }
        }),
    });
  }

  /** Where a list changes, the focus stays in it. */
  private focusCard(id: string | undefined): void {
    void this.updateComplete.then(() => {
      const card = id && this.querySelector<HTMLElement>(`[data-project="${id}"] .open`);
      (card || this.querySelector<HTMLElement>('input[type="search"]'))?.focus();
    });
  }

  protected body(): TemplateResult {
    const { list } = this;
    return html`<div class="body">
      ${list ? html`${this.head(list)}${this.cards(list)}` : nothing}
    </div>`;
  }
  protected override foot(): TemplateResult {
    const { backups } = this;
    const count = this.list?.all?.length ?? 0;
    const text =
      count === 1 ? '1 project, on this device only' : `${count} projects, on this device only`;
    const restored = () => void this.list?.read();
    return html`<div class="foot">
      <span class="small quiet" role="status">${backups?.progress || (count ? text : '')}</span>
      <span class="grow"></span>
      <button
        class="button quiet-button"
        ?disabled=${backups?.isBusy}
        @click=${() => void backups?.restore().then(restored)}
      >
        Restore a backup
      </button>
      <button
        class="button"
        ?disabled=${backups?.isBusy || !count}
        @click=${() => void backups?.backUp()}
      >
        ${icon('download', 14)}Back up everything
      </button>
    </div>`;
  }
}
customElements.define('sc-projects', ScProjects);

export const dialog = (app: App): TemplateResult => html`<sc-projects .app=${app}></sc-projects>`;
