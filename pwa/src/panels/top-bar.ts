// SPDX-License-Identifier: MIT
// <sc-top-bar>: the project and what is done with it.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { Panel } from '../ui/dom.ts';
import { icon, mark } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { PopoverButton } from '../ui/popover.ts';
import './tuner.ts';

export class ScTopBar extends Panel {
  static override properties = {
    app: { attribute: false },
    phone: { type: Boolean },
    drawer: { type: Boolean },
  };
  declare app: App;
  declare phone: boolean;
  declare drawer: boolean;
  private readonly popovers = {
    project: new PopoverButton(),
    tuner: new PopoverButton(),
  };
  private stops: (() => void)[] = [];

  constructor() {
    super();
    this.phone = false;
    this.drawer = false;
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
    for (const popover of Object.values(this.popovers)) popover.close();
  }

  private get saved(): string {
    switch (this.app.keeper.state) {
      case 'none':
        return '';
      case 'saved':
        return 'Saved';
      case 'failed':
        return 'Not saved';
      default:
        return 'Saving';
    }
  }

  private openProject(event: Event): void {
    const { app } = this;
    this.popovers.project.toggle(event.currentTarget as HTMLElement, {
      role: 'dialog',
      label: 'Project',
      className: 'project-popover',
      render: (close) => {
        const item = (symbol: Parameters<typeof icon>[0], text: string, run: () => void) =>
          html`<button
            class="list-row"
            @click=${() => {
              close();
              run();
            }}
          >
            ${icon(symbol)}<span class="name">${text}</span>
          </button>`;
        return html`<label class="field"
            ><input
              aria-label="Project name"
              maxlength="80"
              .value=${app.session.name}
              @change=${(change: Event) => {
                const name = (change.target as HTMLInputElement).value.trim();
                if (name && name !== app.session.name) app.session.rename(name);
              }}
          /></label>
          ${item('list', 'Projects', () => app.dialogs.open('projects'))}
          ${item('download', 'Download project', () => app.files.saveProject())}
          ${item('folder', 'Open a project file', () => void app.files.pickProject())}
          ${item('home', 'Start screen', () => app.leaveRack())}`;
      },
    });
  }

  private openTuner(event: Event): void {
    this.popovers.tuner.toggle(event.currentTarget as HTMLElement, {
      role: 'dialog',
      label: 'Tuner',
      className: 'tuner-popover',
      render: () => html`<sc-tuner .app=${this.app}></sc-tuner>`,
      onClose: () => this.requestUpdate(),
    });
    this.requestUpdate();
  }

  private tools(): TemplateResult {
    const { session, tuner } = this.app;
    const { undoLabel, redoLabel } = session.doc ?? {};
    const size = this.phone ? 20 : 16;
    const undo = undoLabel ? `Undo: ${undoLabel}` : 'Undo';
    const redo = redoLabel ? `Redo: ${redoLabel}` : 'Redo';
    return html`${iconButton('undo', 'Undo', () => session.undo(), { disabled: undoLabel === undefined, title: undo, size })}
    ${
      this.phone && redoLabel === undefined
        ? nothing
        : iconButton('redo', 'Redo', () => session.redo(), {
            disabled: redoLabel === undefined,
            title: redo,
            size,
          })
    }
    ${this.phone ? nothing : html`<span class="rule"></span>`}
    ${
      tuner.isThere
        ? iconButton('tuner', 'Tuner', (event) => this.openTuner(event), {
            popup: true,
            size,
            className: tuner.isOpen ? 'tuner-button live' : 'tuner-button',
          })
        : nothing
    }
    ${iconButton('settings', 'Settings', () => this.app.dialogs.open('settings'), { popup: true, size })}`;
  }

  override render() {
    const { session } = this.app;
    const { rigs } = this.app;
    const { saved } = this;
    if (this.phone) {
      const project = session.name === rigs.name ? '' : session.name;
      const facts = [project, project ? saved.toLowerCase() : saved].filter(Boolean);
      return html`<header class="phone-top">
        <button
          class="project"
          title="Project menu"
          aria-haspopup="true"
          aria-expanded="false"
          @click=${(event: Event) => this.openProject(event)}
        >
          <span class="strong">${rigs.name}${rigs.isEdited ? ', edited' : nothing}</span
          ><span class="micro quiet">${facts.join(', ')}</span>
        </button>
        ${this.tools()}
      </header>`;
    }
    return html`<header class="top">
      <div class="row gap-3">
        ${
          this.drawer
            ? iconButton('list', 'Rigs and modules', () =>
                this.dispatchEvent(new CustomEvent('sc-drawer', { bubbles: true })),
              )
            : nothing
        }
        ${mark()}<span class="rule"></span>
        <button
          class="project"
          title="Project menu"
          aria-haspopup="true"
          aria-expanded="false"
          @click=${(event: Event) => this.openProject(event)}
        >
          <span class="strong">${session.name}</span>${icon('down', 14)}
        </button>
        <span class="small quiet row gap-1" role="status" aria-live="off"
          >${saved === 'Saved' ? icon('check', 12) : nothing}${saved}</span
        >
      </div>
      <div class="row gap-1 tools">${this.tools()}</div>
    </header>`;
  }
}
customElements.define('sc-top-bar', ScTopBar);
