// SPDX-License-Identifier: MIT
// What sounds now, as it comes from the engine about 30 times a second; and what was, as the gate's face shows it.
import { toDb } from '../ui/level.ts';
import { DrawPace } from './draw-pace.ts';
import type { EnginePort, PortLevel } from './engine-port.ts';

export type Readings = Readonly<Record<string, readonly number[]>>;
export const kTrailLength = 96;
/** Without a report for this long, nothing sounds. */
const kStaleMs = 120;
/** As long as it takes meters and wires to come to rest. */
const kRestMs = 2600;
const kTickMs = 33;
const kGlowMs = 120;
const kHiddenMs = 1000;

const kSilent = Number.NEGATIVE_INFINITY;
const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);

/** Peak of a level's loudest channel. */
export const peakDb = (level: PortLevel | undefined): number =>
  level ? toDb(highest(level.peak)) : kSilent;
export const rmsDb = (level: PortLevel | undefined): number =>
  level ? toDb(highest(level.rms)) : kSilent;

const largest = (a: readonly number[], b: readonly number[]) =>
  a.map((value, i) => Math.max(value, b[i] ?? 0));
const higher = (level: PortLevel, before: PortLevel | undefined): PortLevel =>
  before ? { peak: largest(level.peak, before.peak), rms: largest(level.rms, before.rms) } : level;

export class Levels {
  private levels: ReadonlyMap<string, PortLevel> = new Map();
  /** The highest since the last picture, and of the one before it: a short peak between two pictures is seen. */
  private gathered = new Map<string, PortLevel>();
  private drawn: ReadonlyMap<string, PortLevel> = new Map();
  private readings: ReadonlyMap<string, Readings> = new Map();
  private readonly glows = new Map<string, number>();
  private readonly trails = new Map<string, number[]>();
  private readonly listeners = new Set<(atMs: number) => void>();
  private readonly drawers = new Set<(atMs: number) => void>();
  private readonly pace = new DrawPace();
  private reportAt = Number.NEGATIVE_INFINITY;
  private framedAt = 0;
  private drawnAt = Number.NEGATIVE_INFINITY;
  private isDrawAsked = false;
  private timer: ReturnType<typeof setInterval> | undefined;

  attach(engine: EnginePort): void {
    engine.on('levels', (levels) => this.report(levels));
    engine.on('readings', (readings) => (this.readings = readings));
    engine.on('underruns', ({ total }) => this.pace.noteDropouts(total, performance.now()));
  }

  /** Called with each report, and while meters fall after the last one: for what must miss none. */
  onFrame(listener: (atMs: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** Called in an animation frame when there is something new to draw; less often while drawing costs sound. */
  onDraw(drawer: (atMs: number) => void): () => void {
    this.drawers.add(drawer);
    return () => this.drawers.delete(drawer);
  }

  level(id: string): PortLevel | undefined {
    return this.levels.get(id);
  }
  /** What a picture shows: the highest of all reports since the last picture. */
  shown(id: string): PortLevel | undefined {
    return this.drawn.get(id);
  }
  reading(nodeId: string, readingId: string): readonly number[] | undefined {
    return this.readings.get(nodeId)?.[readingId];
  }
  /** How bright what this node gives is to be drawn, 0..1: its level above -60 dB, fading in 120 ms. */
  glow(id: string): number {
    return this.glows.get(id) ?? 0;
  }
  /** Peaks in dB of the last few seconds, oldest first; of the loudest where there are several. */
  trail(ids: readonly string[]): readonly number[] {
    const trails = ids.map((id) => this.trails.get(id) ?? []);
    const longest = Math.max(0, ...trails.map(({ length }) => length));
    return Array.from({ length: longest }, (_, i) =>
      Math.max(...trails.map((trail) => trail[trail.length - longest + i] ?? kSilent)),
    );
  }
  get sounds(): boolean {
    return this.timer !== undefined;
  }

  private report(levels: ReadonlyMap<string, PortLevel>): void {
    this.levels = levels;
    for (const [id, level] of levels) this.gathered.set(id, higher(level, this.gathered.get(id)));
    this.reportAt = performance.now();
    this.timer ??= setInterval(() => this.tick(), kTickMs);
    this.frame(this.reportAt, true);
  }

  private tick(): void {
    const now = performance.now();
    if (now - this.reportAt < kStaleMs) return;
    this.levels = new Map();
    this.readings = new Map();
    if (now - this.reportAt > kRestMs) {
      clearInterval(this.timer);
      this.timer = undefined;
      this.glows.clear();
    }
    this.frame(now, false);
  }

  private frame(now: number, isReport: boolean): void {
    const fade = Math.exp(-Math.min(250, now - this.framedAt) / kGlowMs);
    this.framedAt = now;
    for (const [id, glow] of this.glows) this.glows.set(id, glow * fade);
    for (const [id, level] of this.levels) {
      const db = peakDb(level);
      const glow = Math.min(1, Math.max(0, (db + 60) / 60));
      this.glows.set(id, Math.max(glow, this.glow(id)));
      if (isReport) this.extend(id, db);
    }
    for (const listener of this.listeners) listener(now);
    // The last frame shows everything at rest, however short ago the one before was.
    const isDue = now - this.drawnAt > this.pace.intervalMs - kTickMs / 2;
    if (isDue || !this.sounds) this.askDraw(now);
  }

  private askDraw(askedAt: number): void {
    if (this.isDrawAsked) return;
    this.isDrawAsked = true;
    requestAnimationFrame(() => {
      this.isDrawAsked = false;
      const now = performance.now();
      this.drawnAt = now;
      this.drawn = this.gathered;
      this.gathered = new Map();
      // A hidden page draws nothing at all: that is no sign of a busy machine.
      if (now - askedAt < kHiddenMs) this.pace.noteDrawn(now - askedAt, now);
      for (const drawer of this.drawers) drawer(now);
    });
  }

  private extend(id: string, db: number): void {
    let trail = this.trails.get(id);
    if (!trail) this.trails.set(id, (trail = []));
    trail.push(db);
    if (trail.length > kTrailLength) trail.shift();
  }
}
