// SPDX-License-Identifier: MIT
// The faces, by module. What has none of its own shows the levels that go through it.
import { nothing, svg, type SVGTemplateResult } from 'lit';
import { fixed } from '../format/units.ts';
import { fromDb } from '../ui/level.ts';
import { cabinetDb } from './cabinet-curve.ts';
import {
  bandDb,
  type BandShape,
  compressedDb,
  kMarshall,
  overdriveVolts,
  toneStackDb,
} from './circuits.ts';
import {
  curve,
  dashed,
  type Face,
  type FaceView,
  kHue,
  path,
  response,
  responsePoint,
  trailAt,
  transfer,
  transferPoint,
  words,
} from './face.ts';
import { gain, levelMeter, levelsAtEdge, tuner } from './meters.ts';

/** A trail's level as the half height of a bar: -72 dB and less is nothing, 0 dB all. */
const barHeight = (db: number) => Math.max(0, (db + 72) / 72) ** 1.4;

const gate: Face = {
  draw: () => nothing,
  paint(view, brush) {
    const { width, height, trailIn, isSmall } = view;
    const threshold = view.value('threshold', -60);
    const half = Math.max(1, barHeight(threshold) * height * 0.42);
    const at = (i: number, count: number) => trailAt(trailIn, i, count);
    brush.bars(
      (i, count) => barHeight(at(i, count)),
      (i, count) => (at(i, count) >= threshold ? 'hue' : 'idle'),
    );
    for (const y of [height / 2 - half, height / 2 + half]) brush.dashes(0, y, width);
    if (!isSmall) brush.words(width - 8, 15, view.text('threshold'), 'end');
  },
};

const levels: Face = {
  draw: () => nothing,
  paint: ({ trailOut }, brush) =>
    brush.bars(
      (i, count) => barHeight(trailAt(trailOut, i, count)),
      (i, count) => (trailAt(trailOut, i, count) > -60 ? 'hue' : 'idle'),
    ),
};

/** An audio pot: 15 % in the middle of its travel. */
const audioTaper = (x: number) => (32.1 ** x - 1) / 31.1;

/** A firmly struck string gives about this; the curve is drawn to there. */
const kPickupVolts = 0.15;
const overdriveGain = (view: FaceView): ((x: number) => number) => {
  const drive = audioTaper(view.value('drive', 50) / 100);
  const full = overdriveVolts(kPickupVolts, drive) * 1.08;
  return (x) => overdriveVolts(x * kPickupVolts, drive) / full;
};
const overdrive: Face = {
  draw: (view) => transfer(view, overdriveGain(view)),
  paint(view, brush) {
    if (!Number.isFinite(view.inDb)) return;
    const now = Math.min(1, fromDb(view.inDb) / kPickupVolts);
    brush.dot(...transferPoint(view, now, overdriveGain(view)(now)));
  },
};

const amp: Face = {
  draw(view) {
    const of = (id: string) => view.value(id, 5) / 10;
    // Bass pots are logarithmic.
    const bass = of('bass') ** 2;
    const presence = (view.value('presence', 0) / 10) * 6;
    const db = (hz: number) =>
      toneStackDb(kMarshall, of('treble'), of('middle'), bass, hz) +
      6.5 +
      bandDb('high-shelf', hz, 2200, presence, 0.7);
    return svg`${response(view, db, 11)}${view.isSmall ? '' : words(8, 15, 'Tone stack')}`;
  },
};

const cabinet: Face = {
  draw(view) {
    const file = view.fileResponse();
    const knobs = {
      speaker: view.value('speaker', 2),
      microphone: view.value('microphone', 0),
      distanceCm: view.value('distance', 3),
      axis: view.value('axis', 20) / 100,
    };
    const low = view.value('lowCut', 20);
    const high = view.value('highCut', 20000);
    const cuts = (hz: number) =>
      (low > 20 ? bandDb('low-cut', hz, low, 0, Math.SQRT1_2) : 0) +
      (high < 20000 ? bandDb('high-cut', hz, high, 0, Math.SQRT1_2) : 0);
    const db = (hz: number) => (file ? file(hz) : cabinetDb(knobs, hz) - 4) + cuts(hz);
    return response(view, db, 22);
  },
};

const kBandShapes: ReadonlySet<string> = new Set<BandShape>([
  'bell',
  'low-shelf',
  'high-shelf',
  'low-cut',
  'high-cut',
  'notch',
]);
const isShape = (name: string): name is BandShape => kBandShapes.has(name);

interface Band {
  readonly shape: BandShape;
  readonly freqHz: number;
  readonly gainDb: number;
  readonly q: number;
}
const kEqualiserDb = 18;
const isCut = (shape: BandShape) => shape.endsWith('-cut') || shape === 'notch';

/** Where each band that does something takes hold of the curve. */
function handles(view: FaceView, bands: readonly Band[], db: (hz: number) => number) {
  return bands
    .filter(({ shape, gainDb }) => isCut(shape) || gainDb !== 0)
    .map(({ freqHz }) => {
      const [x, y] = responsePoint(view, freqHz, db(freqHz), kEqualiserDb);
      return svg`<circle cx=${x} cy=${y} r="4" fill=${kHue} stroke="var(--surface-0)" stroke-width="2"/>`;
    });
}

const equaliser: Face = {
  draw(view) {
    const bands = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((n) => {
      const shape = view.choice(`b${n}Type`);
      if (!isShape(shape)) return [];
      const of = (id: string) => view.value(`b${n}${id}`, 1);
      return [{ shape, freqHz: of('Freq'), gainDb: of('Gain'), q: of('Q') } satisfies Band];
    });
    const db = (hz: number) =>
      bands.reduce(
        (sum, { shape, freqHz, gainDb, q }) => sum + bandDb(shape, hz, freqHz, gainDb, q),
        view.value('output', 0),
      );
    return svg`${response(view, db, kEqualiserDb, 'middle')}${view.isSmall ? '' : handles(view, bands, db)}`;
  },
  paint: (view, brush) => {
    if (!view.isSmall) levelsAtEdge(view, brush);
  },
};

const kNote = /^1\/(\d+)([.T]?)$/;

function delaySeconds(view: FaceView): number {
  const note = kNote.exec(view.choice('sync'));
  if (!note) return view.value('time', 375) / 1000;
  const stretch = note[2] === '.' ? 1.5 : note[2] === 'T' ? 2 / 3 : 1;
  return ((4 / Number(note[1])) * stretch * 60) / view.tempoBpm;
}

const kStretches: Readonly<Record<string, string>> = { '.': ' dotted', T: ' triplet' };
/** "1/8 dotted at 120"; nothing while the time is set by hand. */
function noteAt(view: FaceView): string {
  const note = kNote.exec(view.choice('sync'));
  return note ? `1/${note[1]}${kStretches[note[2] ?? ''] ?? ''} at ${fixed(view.tempoBpm, 0)}` : '';
}

const delay: Face = {
  draw(view) {
    const { width, height, isSmall } = view;
    const seconds = delaySeconds(view);
    const feedback = Math.min(1, view.value('repeats', 40) / 100);
    const base = height - (isSmall ? 3 : 12);
    const tall = base - (isSmall ? 3 : 14);
    const left = isSmall ? 5 : 18;
    const step = Math.max(
      isSmall ? 5 : 10,
      Math.min(width / 4, 26 + seconds * 46) * (isSmall ? 0.2 : 1),
    );
    const taps: SVGTemplateResult[] = [];
    for (let i = 1; left + i * step < width - 8 && i <= 24; i++) {
      const size = feedback ** (i - 1) * 0.9;
      if (size < 0.02) break;
      const x = left + i * step;
      const y = base - tall * size;
      taps.push(svg`<path d="M${x} ${base}V${y}" stroke=${kHue} stroke-width=${isSmall ? 3 : 4} stroke-linecap="round" opacity=${0.55 + 0.45 * size}/>
        ${isSmall ? '' : svg`<circle cx=${x} cy=${y} r="3.5" fill=${kHue}/>`}`);
    }
    return svg`<path d="M0 ${base}H${width}" class="axis"/>
      <path d="M${left} ${base}V${base - tall}" stroke="var(--text-2)" stroke-width="3" stroke-linecap="round"/>${taps}
      ${isSmall ? '' : svg`${words(left + 12, 15, `${fixed(seconds * 1000, 0)} ms`)}${words(width - 8, 15, noteAt(view), 'end')}`}`;
  },
};

/** A fixed scatter, so that the tail does not flicker. */
const scatter = (i: number) => {
  const x = Math.sin(i * 127.1 + 11.7) * 43758.5453;
  return x - Math.floor(x);
};

const kSoften = 0.23;
const reverb: Face = {
  draw(view) {
    const { width, height, isSmall } = view;
    const decay = view.value('decay', 2);
    // The width of the well is four seconds. Heights are amplitudes drawn softer: what is -26 dB is half as high.
    const fall = (kSoften * 6.9 * 4) / Math.max(0.1, decay);
    const pre = 0.06 + Math.min(0.2, view.value('predelay', view.value('preDelay', 0)) / 5000);
    const envelope = (t: number) => (t < pre ? 0 : Math.exp(-(t - pre) * fall));
    const count = Math.max(1, Math.floor(width / 4));
    const items = Array.from({ length: count }, (_, i) => {
      const t = i / count;
      const size = t < pre ? 0.05 : envelope(t) * (0.55 + 0.45 * scatter(i));
      const half = Math.max(0.5, size * height * 0.42);
      const hue = t < pre ? 'var(--text-2)' : kHue;
      return svg`<path d="M${i * 4 + 2} ${height / 2 - half}v${2 * half}" stroke=${hue} stroke-width="2.2" stroke-linecap="round" opacity=${(0.35 + 0.65 * Math.min(1, size * 1.4)).toFixed(2)}/>`;
    });
    const line: [number, number][] = [];
    for (let x = Math.ceil(width * pre) + 1; x <= width; x += 4) {
      line.push([x, height / 2 - envelope(x / width) * height * 0.44]);
    }
    return svg`${items}${dashed(path(line))}
      ${isSmall ? '' : words(width - 8, 15, view.text('decay'), 'end')}`;
  },
};

const compressedAt = (view: FaceView): ((db: number) => [number, number]) => {
  const knobs = {
    thresholdDb: view.value('threshold', -24),
    ratio: view.value('ratio', 4),
    kneeDb: view.value('knee', 6),
  };
  const makeup = view.value('makeup', 0);
  return (db) => [
    ((db + 60) / 66) * view.width,
    (1 - (compressedDb(db, knobs) + makeup + 60) / 66) * view.height,
  ];
};
const kMaxReductionDb = 24;
const compressor: Face = {
  draw(view) {
    const { width: w, height: h, isSmall } = view;
    const at = compressedAt(view);
    const points: [number, number][] = [];
    for (let db = -60; db <= 6; db += 1) points.push(at(db));
    const line = path(points);
    const [x] = at(view.value('threshold', -24));
    return svg`<path d="M0 ${h}L${w} 0" class="axis" stroke-dasharray="2 4"/>
      <path d="M${x} 0V${h}" class="grid"/>${isSmall ? '' : curve(line, 8, 'halo')}${curve(line)}
      ${isSmall ? '' : svg`<path d="M${w - 10} 10V${h - 10}" stroke="var(--surface-3)" stroke-width="5" stroke-linecap="round"/>`}`;
  },
  paint(view, brush) {
    if (view.inDb > -58) brush.dot(...compressedAt(view)(view.inDb));
    const reduction = view.reading('reduction')?.[0];
    if (view.isSmall || reduction === undefined) return;
    brush.words(8, 15, `${fixed(-Math.abs(reduction), 1)} dB`);
    // What is taken away hangs from the top.
    const [top, bottom] = [10, view.height - 10];
    const share = Math.min(1, Math.abs(reduction) / kMaxReductionDb);
    if (share > 0.005) {
      const x = view.width - 10;
      brush.line([x, top], [x, top + share * (bottom - top)], 5, 'hue');
    }
  },
};

const pan: Face = {
  draw(view) {
    const { width: w, height: h } = view;
    const at = view.value('pan', 0) / 100;
    const x = w / 2 + at * (w / 2 - 20);
    return svg`<path d="M20 ${h / 2}H${w - 20}M${w / 2} ${h / 2 - 10}v20" class="axis"/>
      <circle cx=${x} cy=${h / 2} r="7" fill=${kHue}/>
      ${view.isSmall ? '' : svg`${words(8, h - 8, 'L')}${words(w - 8, h - 8, 'R', 'end')}`}`;
  },
};

const kFaces: Readonly<Record<string, Face>> = {
  gate,
  compressor,
  overdrive,
  'amp-crunch': amp,
  cabinet,
  'parametric-eq': equaliser,
  delay,
  reverb,
  gain,
  pan,
  tuner,
  'level-meter': levelMeter,
};

export const faceOf = (type: string): Face => kFaces[type] ?? levels;
