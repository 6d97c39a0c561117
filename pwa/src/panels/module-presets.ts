// SPDX-License-Identifier: MIT
// A module's presets, below the button of its menu.
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import { kModulePresets } from '../presets/factory/index.ts';
import { isSameSound, type Preset } from '../presets/preset.ts';
import { icon } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { moveFocus, openPopover } from '../ui/popover.ts';
import { exportPresets } from './preset-menu.ts';

/** Knobs and files; a bypass or a name of its own says nothing about the sound. */
function isOn(app: App, nodeId: string, { modules }: Preset): boolean {
  const { session } = app;
  const node = session.node(nodeId);
  if (!node) return false;
  const { label: _, bypass: __, ...module } = node;
  return isSameSound([module], modules, session.catalog);
}

function row(app: App, nodeId: string, preset: Preset, close: () => void): TemplateResult {
  const { presets, dialogs } = app;
  const isCurrent = isOn(app, nodeId, preset);
  return html`<li class="module-preset">
    <button
      class="list-row"
      aria-current=${isCurrent ? 'true' : nothing}
      title=${preset.about ?? nothing}
      @click=${() => void app.attempt(() => app.rigs.loadModule(nodeId, preset))}
    >
      <span class="name">${preset.name}</span
      ><span class="fact">${isCurrent ? icon('check', 14) : preset.tags[0]}</span>
    </button>
    ${
      presets.isOwn(preset.id)
        ? html`${iconButton('download', `Export ${preset.name}`, () => exportPresets(app, [preset], preset.name))}
          ${iconButton('pen', `Name and tags of ${preset.name}`, () => {
            close();
            dialogs.open('preset', `edit:${preset.id}`);
          })}
          ${iconButton('trash', `Delete ${preset.name}`, () => presets.remove(preset))}`
        : nothing
    }
  </li>`;
}

export function openModulePresets(app: App, nodeId: string, anchor: HTMLElement): void {
  const { presets, session } = app;
  const type = session.node(nodeId)?.type ?? '';
  const label = session.labelOf(nodeId);
  const ours = kModulePresets.filter(({ modules }) => modules[0]?.type === type);
  const list = (title: string, rows: readonly Preset[], close: () => void) =>
    rows.length
      ? html`<div class="list-head"><span>${title}</span><span>${rows.length}</span></div>
          <ul aria-label=${title}>
            ${rows.map((preset) => row(app, nodeId, preset, close))}
          </ul>`
      : nothing;
  const key = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    if (moveFocus(event.currentTarget as HTMLElement, '.list-row', event.key)) {
      event.preventDefault();
    }
  };
  const panel = openPopover(anchor, {
    role: 'dialog',
    label: `Presets of ${label}`,
    className: 'module-presets',
    render: (close) =>
      html`<div @keydown=${key}>
        ${list('Presets', ours, close)} ${list('Yours', presets.ownOf(type), close)}
        <button
          class="list-row"
          @click=${() => {
            close();
            app.dialogs.open('preset', `module:${nodeId}`);
          }}
        >
          ${icon('plus')}<span class="name">Save these settings</span>
        </button>
      </div>`,
    onClose: () => stops.forEach((stop) => stop()),
  });
  panel.panel.querySelector<HTMLElement>('.list-row')?.focus();
  void presets.open();
  const update = () => {
    if (session.node(nodeId)) panel.update();
    else panel.close();
  };
  const stops = [session.on('project', update), presets.on('change', update)];
}
