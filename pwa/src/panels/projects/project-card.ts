// SPDX-License-Identifier: MIT
// One project in the list: its picture, its name, when it was changed, and what can be done with it.
import { html, nothing, type TemplateResult } from 'lit';
import type { Catalog } from '../../model/catalog.ts';
import type { ListedProject } from '../../model/project-list.ts';
import { iconButton, menuItem } from '../../ui/parts.ts';
import { openPopover } from '../../ui/popover.ts';
import { rigPicture, stagesOf } from '../../ui/rig-picture.ts';

export interface ProjectCardOptions {
  readonly project: ListedProject;
  readonly catalog: Catalog;
  readonly isRenaming: boolean;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  /** Undefined: the name stays as it was. */
  readonly onName: (name: string | undefined) => void;
  readonly onDuplicate: () => void;
  readonly onDownload: () => void;
  readonly onRemove: () => void;
}

const changed = (ms: number): string =>
  new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function openMenu(anchor: HTMLElement, options: ProjectCardOptions): void {
  openPopover(anchor, {
    role: 'menu',
    label: `${options.project.stored.name} menu`,
    render: (close) =>
      html`${menuItem(close, 'pen', 'Rename', options.onRename)}
        ${menuItem(close, 'copy', 'Duplicate', options.onDuplicate)}
        ${menuItem(close, 'download', 'Download', options.onDownload)}
        <hr />
        ${menuItem(close, 'trash', 'Delete', options.onRemove)}`,
  });
}

function nameField({ project, onName }: ProjectCardOptions): TemplateResult {
  const { name } = project.stored;
  let isOver = false;
  const end = (text: string | undefined) => {
    // Taking the field away takes the focus from it, which ends it a second time.
    if (isOver) return;
    isOver = true;
    onName(text);
  };
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    end(event.key === 'Enter' ? (event.currentTarget as HTMLInputElement).value : undefined);
  };
  return html`<label class="field"
    ><input
      aria-label="Project name"
      maxlength="80"
      .value=${name}
      @keydown=${key}
      @blur=${(event: Event) => end((event.currentTarget as HTMLInputElement).value)}
  /></label>`;
}

const kWhere = { here: 'Open', elsewhere: 'In another tab' } as const;

export function projectCard(options: ProjectCardOptions): TemplateResult {
  const { project, catalog, isRenaming, onOpen } = options;
  const { stored, json, open } = project;
  const count = stagesOf(json, catalog).length;
  const modules = `${count} ${count === 1 ? 'module' : 'modules'}`;
  return html`<li class="project-card" data-project=${stored.id}>
    <button
      class="open"
      aria-label=${`Open ${stored.name}`}
      aria-current=${open === 'here' ? 'true' : nothing}
      @click=${onOpen}
    >
      ${rigPicture(json, catalog)}
    </button>
    <div class="about">
      <div class="words">
        ${isRenaming ? nameField(options) : html`<span class="strong name">${stored.name}</span>`}
        <span class="micro quiet"
          >${changed(stored.savedAtMs)},
          ${modules}${open ? html` <span class="pill">${kWhere[open]}</span>` : nothing}</span
        >
      </div>
      ${iconButton(
        'more',
        `${stored.name} menu`,
        (event) => openMenu(event.currentTarget as HTMLElement, options),
        { popup: true },
      )}
    </div>
  </li>`;
}
