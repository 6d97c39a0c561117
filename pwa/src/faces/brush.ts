// SPDX-License-Identifier: MIT
// Draws what moves on a face: a canvas that takes its colours and its type from the page's tokens.
import type { FaceView } from './face.ts';

const kTokens = {
  hue: '--family',
  idle: '--knob-edge',
  ground: '--surface-0',
  soft: '--text-2',
  strong: '--text-1',
  hot: '--hot',
  clip: '--clip',
  faint: '--text-3',
  signal: '--signal',
} as const;
export type Ink = keyof typeof kTokens;

/** More pixels than this on a small screen cost much and show nothing. */
const kMaxRatio = 2;
const kRound = 2 * Math.PI;

const kMaxWordsPx = 15;
/** The picture keeps its size when letters grow: they do so as far as it has room for them. */
function grownFont(font: string): string {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return font.replace(/([\d.]+)rem/, (_, rem: string) => {
    return `${Math.min(Number(rem) * remPx, kMaxWordsPx)}px`;
  });
}

export class Brush {
  readonly canvas = document.createElement('canvas');
  private readonly context = this.canvas.getContext('2d');
  private inks: Readonly<Record<Ink, string>> | undefined;
  private font = '';
  private width = 0;
  private height = 0;
  private isSmall = false;

  /** The colours are asked for again: the theme or the state of the module may have changed. */
  forgetInks(): void {
    this.inks = undefined;
  }

  /** Wipes the canvas for a picture of this view. False where nothing can be drawn. */
  begin({ width, height, isSmall }: FaceView): boolean {
    const { canvas, context } = this;
    if (!context) return false;
    const ratio = Math.min(kMaxRatio, devicePixelRatio);
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
    }
    context.setTransform(w / width, 0, 0, h / height, 0, 0);
    context.clearRect(0, 0, width, height);
    context.lineCap = 'round';
    Object.assign(this, { width, height, isSmall });
    return true;
  }

  /** Bars around the middle: levels of the past. */
  bars(
    heightOf: (i: number, count: number) => number,
    inkOf: (i: number, count: number) => Ink,
  ): void {
    const count = Math.max(1, Math.floor(this.width / 4));
    const middle = this.height / 2;
    const byInk = new Map<Ink, Path2D>();
    for (let i = 0; i < count; i++) {
      const ink = inkOf(i, count);
      const lines = byInk.get(ink) ?? new Path2D();
      byInk.set(ink, lines);
      const half = Math.max(0.5, Math.min(1, heightOf(i, count)) * this.height * 0.42);
      lines.moveTo(i * 4 + 2, middle - half);
      lines.lineTo(i * 4 + 2, middle + half);
    }
    for (const [ink, lines] of byInk) this.stroke(lines, 2.2, ink);
  }

  line(from: [number, number], to: [number, number], width: number, ink: Ink): void {
    const line = new Path2D();
    line.moveTo(...from);
    line.lineTo(...to);
    this.stroke(line, width, ink);
  }
  /** A rectangle between two corners. */
  block(left: number, top: number, right: number, bottom: number, ink: Ink): void {
    const block = new Path2D();
    block.rect(left, top, right - left, bottom - top);
    this.fillIn(block, ink);
  }
  /** A dashed line to the right. */
  dashes(x: number, y: number, toX: number): void {
    this.context?.setLineDash([3, 3]);
    this.line([x, y], [toX, y], 1, 'soft');
    this.context?.setLineDash([]);
  }

  /** Where the signal stands now, on a curve. */
  dot(x: number, y: number): void {
    const dot = new Path2D();
    dot.arc(x, y, this.isSmall ? 2.5 : 4, 0, kRound);
    this.fillIn(dot, 'hue');
    this.stroke(dot, 2, 'ground');
  }
  /** An arrow's head that points up. */
  pointer(x: number, y: number, ink: Ink): void {
    this.fillIn(new Path2D(`M${x} ${y}l5 8h-10z`), ink);
  }

  words(x: number, y: number, text: string, anchor: 'start' | 'end' = 'start'): void {
    const { context } = this;
    if (!context) return;
    // Bars run below it: a figure must be read all the same.
    context.lineWidth = 4;
    context.lineJoin = 'round';
    context.strokeStyle = this.ink('ground');
    context.font = this.font;
    context.textAlign = anchor;
    context.strokeText(text, x, y);
    this.write(x, y, text, anchor, 'faint', this.font);
  }
  /** A sign as large as a quarter of the well or so. */
  sign(x: number, y: number, text: string, ink: Ink): void {
    const family = this.font.slice(this.font.indexOf(' ', this.font.indexOf('/')));
    this.write(x, y, text, 'start', ink, `600 28px${family}`);
  }
  private write(
    x: number,
    y: number,
    text: string,
    anchor: 'start' | 'end',
    ink: Ink,
    font: string,
  ): void {
    const { context } = this;
    if (!context) return;
    context.fillStyle = this.ink(ink);
    context.font = font || this.font;
    context.textAlign = anchor;
    context.fillText(text, x, y);
  }

  private fillIn(path: Path2D, ink: Ink): void {
    const { context } = this;
    if (!context) return;
    context.fillStyle = this.ink(ink);
    context.fill(path);
  }
  private stroke(path: Path2D, width: number, ink: Ink): void {
    const { context } = this;
    if (!context) return;
    context.lineWidth = width;
    context.strokeStyle = this.ink(ink);
    context.stroke(path);
  }

  private ink(ink: Ink): string {
    if (!this.inks) {
      const style = getComputedStyle(this.canvas);
      this.font = grownFont(style.getPropertyValue('--t-micro'));
      const inks = Object.entries(kTokens).map(([name, token]) => [
        name,
        style.getPropertyValue(token),
      ]);
      this.inks = Object.fromEntries(inks) as Record<Ink, string>;
    }
    return this.inks[ink];
  }
}
