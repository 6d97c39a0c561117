// SPDX-License-Identifier: MIT
// What can be done with a take: name, files, throw away.
import { html, nothing } from 'lit';
import { peakText } from '../format/peak.ts';
import { fixed } from '../format/units.ts';
import type { App } from '../model/app.ts';
import type { WavFormat } from '../model/engine-port.ts';
import { kWavFormats, loweredDb } from '../model/take-downloads.ts';
import type { TakePart } from '../storage/take-segment.ts';
import type { TakeRecord } from '../storage/take-store.ts';
import { icon, type IconName } from '../ui/icons.ts';
import { openPopover } from '../ui/popover.ts';

export interface TakeActions {
  readonly rename: () => void;
  readonly remove: () => void;
}
const kParts: readonly (readonly [part: TakePart, title: string])[] = [
  ['wet', 'Download'],
  ['dry', 'Download the dry input'],
];

function download(app: App, take: TakeRecord, part: TakePart, format: WavFormat): void {
  const { session, takes } = app;
  void app.attempt(async () =>
    takes.downloads.start(await app.ready(), take, part, format, session.name),
  );
}

export function openTakeMenu(
  app: App,
  take: TakeRecord,
  anchor: HTMLElement,
  actions: TakeActions,
): void {
  openPopover(anchor, {
    role: 'menu',
    label: `${take.name} menu`,
    className: 'take-menu',
    render: (close) => {
      const item = (symbol: IconName, name: string, run: () => void, fact = '', key = '') =>
        html`<button
          class="list-row"
          role="menuitem"
          @click=${() => {
            close();
            run();
          }}
        >
          ${icon(symbol)}<span class="name">${name}</span
          >${fact ? html`<span class="fact">${fact}</span>` : nothing}${
            key ? html`<span class="fact key">${key}</span>` : nothing
          }
        </button>`;
      return html`${item('pen', 'Rename', actions.rename, '', 'F2')}
        ${kParts.map(([part, title]) => {
          const peak = part === 'wet' ? take.wetPeak : take.dryPeak;
          const isHot = kWavFormats.some(({ value }) => loweredDb(peak, value) > 0);
          return html`<div class="list-head"><span>${title}</span></div>
            ${kWavFormats.map(({ value, label }) => {
              const db = loweredDb(peak, value);
              return item(
                'download',
                `WAV, ${label}`,
                () => download(app, take, part, value),
                db ? `${fixed(db, 1)} dB lower` : isHot ? 'exact' : '',
              );
            })}
            ${
              isHot
                ? html`<p class="small quiet note">
                    It peaks at ${peakText(peak)}. Files of 16 and 24 bit end at 0 dB, so they are
                    made lower; nothing is cut off.
                  </p>`
                : nothing
            }`;
        })}
        <hr />
        ${item('trash', 'Remove', actions.remove, '', 'Del')}`;
    },
  });
}
