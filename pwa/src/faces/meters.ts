// SPDX-License-Identifier: MIT
// Faces of what only listens, and of what only turns up and down: levels and the note.
import { svg } from 'lit';
import { keyName } from '../format/pitch.ts';
import { fixed } from '../format/units.ts';
import { meterPosition } from '../ui/level.ts';
import type { Brush, Ink } from './brush.ts';
import { type Face, type FaceView, words } from './face.ts';

export const gain: Face = {
  draw({ width: w, height: h, isSmall }) {
    const bed = (y: number) =>
      svg`<path d="M8 ${y}H${w - 8}" stroke="var(--surface-3)" stroke-width="6" stroke-linecap="round"/>`;
    const unity = meterPosition(0) * (w - 16) + 8;
    return svg`${bed(h / 2 - 10)}${bed(h / 2 + 10)}
      <path d="M${unity} ${h / 2 - 22}V${h / 2 + 22}" class="axis"/>
      ${isSmall ? '' : svg`${words(8, h / 2 - 20, 'in')}${words(8, h / 2 + 28, 'out')}`}`;
  },
  paint({ width: w, height: h, inDb, outDb }, brush) {
    const rows = [
      [h / 2 - 10, inDb, 'faint'],
      [h / 2 + 10, outDb, 'hue'],
    ] as const;
    for (const [y, db, colour] of rows) {
      if (db <= -60) continue;
      brush.line([8, y], [Math.max(8.1, meterPosition(db) * (w - 16) + 8), y], 6, colour);
    }
  },
};

const kZones: readonly (readonly [fromDb: number, toDb: number, ink: Ink])[] = [
  [-60, -12, 'signal'],
  [-12, 0, 'hot'],
  [0, 6, 'clip'],
];
const kMarks = [-40, -24, -12, 0] as const;
const kMargin = 10;

const meterX = (db: number, width: number) => kMargin + meterPosition(db) * (width - 2 * kMargin);
const rowY = ({ height, isSmall }: FaceView, channel: number) =>
  height / 2 + (channel - 0.5) * (isSmall ? 10 : 22) - (isSmall ? 0 : 2);

/** A band per channel up to its RMS, a line at its peak, a softer one where it was held. */
export const levelMeter: Face = {
  draw(view) {
    const { width, height, isSmall } = view;
    const bed = (channel: number) =>
      svg`<path d="M${kMargin} ${rowY(view, channel)}H${width - kMargin}" stroke="var(--surface-3)" stroke-width=${isSmall ? 5 : 10}/>`;
    return svg`${kMarks.map((db) => {
      const x = Math.round(meterX(db, width)) + 0.5;
      return svg`<path d="M${x} 0V${height}" class="grid"/>${isSmall ? '' : words(x + 4, height - 7, fixed(db, 0))}`;
    })}${bed(0)}${bed(1)}`;
  },
  paint(view, brush) {
    const { width, isSmall } = view;
    const [peak, hold, rms, vu] = ['peak', 'hold', 'rms', 'vu'].map((id) => view.reading(id) ?? []);
    const half = isSmall ? 2.5 : 5;
    for (const channel of [0, 1]) {
      const y = rowY(view, channel);
      const level = rms?.[channel] ?? Number.NEGATIVE_INFINITY;
      for (const [from, to, ink] of kZones) {
        const end = Math.min(to, level);
        if (end > from)
          brush.block(meterX(from, width), y - half, meterX(end, width), y + half, ink);
      }
      const mark = (db: number | undefined, ink: Ink) => {
        if (db === undefined || db <= -60) return;
        const x = meterX(db, width);
        brush.block(x - 1, y - half, x + 1, y + half, ink);
      };
      mark(hold?.[channel], 'soft');
      mark(peak?.[channel], 'strong');
    }
    const loudest = Math.max(...(hold ?? []), Number.NEGATIVE_INFINITY);
    if (isSmall || !(loudest > -100)) return;
    brush.words(8, 15, `peak ${fixed(loudest, 1)} dB`);
    const needle = Math.max(...(vu ?? []), Number.NEGATIVE_INFINITY);
    brush.words(width - 8, 15, `${fixed(needle, 1)} VU`, 'end');
  },
};

/** Slim levels at the right edge of a well: what comes in, what goes out. */
export function levelsAtEdge({ width, height, inDb, outDb }: FaceView, brush: Brush): void {
  const rows = [
    [width - 12, inDb, 'faint'],
    [width - 6, outDb, 'hue'],
  ] as const;
  for (const [x, db, ink] of rows) {
    const tall = meterPosition(db) * (height - 16);
    if (tall > 1) brush.block(x - 1.5, height - 8 - tall, x + 1.5, height - 8, ink);
  }
}

/** The note, and how far it is off on a scale of 50 cents to each side. */
export const tuner: Face = {
  draw({ width: w, height: h }) {
    const step = (w - 24) / 20;
    const ticks = Array.from({ length: 21 }, (_, i) => {
      const tall = (i === 10 ? 0.42 : i % 5 === 0 ? 0.24 : 0.14) * h;
      const hue = i === 10 ? 'var(--text-1)' : 'var(--line-3)';
      return svg`<path d="M${12 + i * step} ${h * 0.8}v${-tall}" stroke=${hue} stroke-width="2" stroke-linecap="round"/>`;
    });
    return svg`${ticks}`;
  },
  paint(view, brush) {
    const { width: w, height: h, isSmall } = view;
    const cents = view.reading('cents')?.[0];
    const note = view.reading('note')?.[0] ?? -1; // below 0 nothing sounds
    if (cents === undefined || note < 0) return;
    const x = w / 2 + (Math.max(-50, Math.min(50, cents)) / 5) * ((w - 24) / 20);
    const isTuned = Math.abs(cents) <= 2;
    brush.pointer(x, h * 0.84, isTuned ? 'signal' : 'hue');
    if (isSmall) return;
    brush.sign(12, 34, keyName(Math.round(note)), isTuned ? 'signal' : 'strong');
    brush.words(w - 8, 15, `${cents > 0 ? '+' : ''}${fixed(cents, 1)} cent`, 'end');
  },
};
