// SPDX-License-Identifier: MIT
// The takes of the project: listen, download, throw away.
import { html, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { WavFormat } from '../model/engine-port.ts';
import type { StoredTake } from '../model/library.ts';
import { kWavFormats, type TakePart, takeLength } from '../model/takes.ts';
import { icon } from '../ui/icons.ts';
import { iconButton } from '../ui/parts.ts';
import { openPopover } from '../ui/popover.ts';

function remove(app: App, take: StoredTake): void {
  void app.attempt(() => app.takes.remove(take));
  app.shell.say(`${take.name} removed`, {
    label: 'Undo',
    run: () => void app.attempt(() => app.takes.restore(take)),
  });
}

function download(app: App, take: StoredTake, part: TakePart, format: WavFormat): void {
  const { engine, session } = app;
  if (!engine) return;
  void app.attempt(() => app.takes.download(engine, take, part, format, session.name));
}
function toggle(app: App, take: StoredTake): void {
  const { engine } = app;
  if (engine) void app.attempt(() => app.takes.toggle(engine, take));
}

function openMenu(app: App, take: StoredTake, anchor: HTMLElement): void {
  const parts = [
    ['wet', 'Download'],
    ['dry', 'Download the dry input'],
  ] as const;
  openPopover(anchor, {
    role: 'menu',
    label: `${take.name} menu`,
    render: (close) => html`
      ${parts.map(
        ([part, title]) => html`
          <div class="list-head"><span>${title}</span></div>
          ${kWavFormats.map(
            ({ value, label }) =>
              html`<button
                class="list-row"
                role="menuitem"
                @click=${() => {
                  close();
                  download(app, take, part, value);
                }}
              >
                ${icon('download')}<span class="name">WAV, ${label}</span>
              </button>`,
          )}
        `,
      )}
      <hr />
      <button
        class="list-row"
        role="menuitem"
        @click=${() => {
          close();
          remove(app, take);
        }}
      >
        ${icon('trash')}<span class="name">Remove</span>
      </button>
    `,
  });
}

export function takeList(app: App): TemplateResult {
  const { takes } = app;
  return html`<ul class="takes" aria-label="Takes">
    ${takes.list.map((take) => {
      const isPlaying = takes.playingId === take.id;
      return html`<li class="take">
        <button
          class="list-row"
          aria-label=${isPlaying ? `Stop ${take.name}` : `Play ${take.name}`}
          @click=${() => toggle(app, take)}
        >
          <span class=${isPlaying ? 'sounding' : 'quiet'}
            >${icon(isPlaying ? 'stop' : 'play', 14)}</span
          ><span class="name">${take.name}</span><span class="fact">${takeLength(take)}</span>
        </button>
        ${iconButton(
          'more',
          `${take.name} menu`,
          (event) => openMenu(app, take, event.currentTarget as HTMLElement),
          { popup: true },
        )}
      </li>`;
    })}
  </ul>`;
}
