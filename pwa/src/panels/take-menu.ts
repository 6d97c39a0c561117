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
import { menuItem } from '../ui/parts.ts';
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
      return html`${menuItem(close, 'pen', 'Rename', actions.rename, { key: 'F2' })}
        ${kParts.map(([part, title]) => {
          const peak = part === 'wet' ? take.wetPeak : take.dryPeak;
          const isHot = kWavFormats.some(({ value }) => loweredDb(peak, value) > 0);
          return html`<div class="list-head"><span>${title}</span></div>
            ${kWavFormats.map(({ value, label }) => {
              const db = loweredDb(peak, value);
              const fact = db ? `${fixed(db, 1)} dB lower` : isHot ? 'exact' : '';
              const run = () => download(app, take, part, value);
              return menuItem(close, 'download', `WAV, ${label}`, run, { fact });
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
        ${menuItem(close, 'trash', 'Remove', actions.remove, { key: 'Del' })}`;
    },
  });
}
