// SPDX-License-Identifier: MIT
// <sc-meter>: bars of level, upright or (attribute `flat`) lying. Green to -12 dB, hot to 0, clip above; the places stay
// the same, so that the bar is read without colour. The colours stand still: a cover and a mark move over them, which the
// compositor does without painting anything again. Call `show` with each report; it moves only while something sounds.
import { element, svgElement } from './dom.ts';
import { Ballistics, kMeterFloorDb, meterPosition } from './level.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-meter': ScMeter;
  }
}
const kZones = [
  { from: kMeterFloorDb, to: -12, colour: 'var(--signal)' },
  { from: -12, to: 0, colour: 'var(--hot)' },
  { from: 0, to: 6, colour: 'var(--clip)' },
] as const;
const kScale = [6, 0, -6, -12, -24, -40] as const;
const kPeakPixels = 2;

interface Bar {
  readonly ballistics: Ballistics;
  readonly cover: HTMLElement;
  readonly peak: HTMLElement;
}

export class ScMeter extends HTMLElement {
  private bars: Bar[] = [];
  private width = 0;
  private height = 0;
  private at = 0;
  private readonly observer = new ResizeObserver(([entry]) => {
    const { width = 0, height = 0 } = entry?.contentRect ?? {};
    if (width === this.width && height === this.height) return;
    this.width = width;
    this.height = height;
    this.build();
  });

  connectedCallback(): void {
    this.setAttribute('aria-hidden', 'true');
    this.observer.observe(this);
  }
  disconnectedCallback(): void {
    this.observer.disconnect();
  }

  private get isFlat(): boolean {
    return this.hasAttribute('flat');
  }
  private get hasScale(): boolean {
    // A narrow strip has no room for figures.
    return this.hasAttribute('scale') && this.width >= 44;
  }
  /** Pixels from the floor to the top. */
  private get length(): number {
    return this.isFlat ? this.width : this.height;
  }

  private build(): void {
    const count = Number(this.getAttribute('channels') ?? 2);
    this.replaceChildren(...(this.hasScale ? [this.scale()] : []));
    this.bars = Array.from({ length: count }, (_, channel) => {
      const ballistics = this.bars[channel]?.ballistics ?? new Ballistics();
      return this.bar(channel, ballistics);
    });
    this.draw();
  }

  private bar(channel: number, ballistics: Ballistics): Bar {
    const thick = this.isFlat ? 7 : 10;
    const across = channel * (thick + (this.isFlat ? 3 : 2)) + (this.hasScale ? 26 : 0);
    const bed = element('div', 'bed');
    const { length } = this;
    const place = (part: HTMLElement, from: number, to: number) => {
      const size = `${Math.max(0, to - from)}px`;
      Object.assign(
        part.style,
        this.isFlat
          ? { left: `${from}px`, width: size, top: '0', height: '100%' }
          : { top: `${length - to}px`, height: size, left: '0', width: '100%' },
      );
    };
    Object.assign(
      bed.style,
      this.isFlat
        ? { left: '0', width: '100%', top: `${across}px`, height: `${thick}px` }
        : { top: '0', height: '100%', left: `${across}px`, width: `${thick}px` },
    );
    for (const { from, to, colour } of kZones) {
      const zone = element('div', 'zone');
      // A pixel is left free where a zone begins.
      const gap = from > kMeterFloorDb ? 1 : 0;
      place(zone, meterPosition(from) * length + gap, meterPosition(to) * length);
      zone.style.background = colour;
      bed.append(zone);
    }
    const cover = element('div', 'cover');
    const peak = element('div', 'peak');
    place(peak, 0, kPeakPixels);
    bed.append(cover, peak);
    this.append(bed);
    return { ballistics, cover, peak };
  }

  private scale(): SVGSVGElement {
    const figures = svgElement('svg', { width: '26', height: '100%' });
    for (const db of kScale) {
      const y = (1 - meterPosition(db)) * this.height + (db === 6 ? 9 : 4);
      const text = svgElement('text', { x: 21, y, class: 'scale' });
      text.textContent = db > 0 ? `+${db}` : db < 0 ? `−${-db}` : '0';
      figures.append(text);
    }
    return figures;
  }

  /** Peaks since the last report, in dB, a channel each; one for all when there are fewer. */
  show(peaksDb: readonly number[], atMs = performance.now()): void {
    const seconds = Math.min(0.25, Math.max(0, (atMs - this.at) / 1000));
    this.at = atMs;
    for (const [channel, { ballistics }] of this.bars.entries()) {
      ballistics.step(peaksDb[channel] ?? peaksDb[0] ?? Number.NEGATIVE_INFINITY, seconds);
    }
    this.draw();
  }

  /** The held peak of the loudest bar. */
  get peakDb(): number {
    return Math.max(
      Number.NEGATIVE_INFINITY,
      ...this.bars.map(({ ballistics }) => ballistics.peakDb),
    );
  }

  private draw(): void {
    const { length, isFlat } = this;
    for (const { ballistics, cover, peak } of this.bars) {
      const hidden = (1 - meterPosition(ballistics.levelDb)).toFixed(4);
      cover.style.transform = isFlat ? `scaleX(${hidden})` : `scaleY(${hidden})`;
      const { peakDb } = ballistics;
      const at = Math.round(meterPosition(peakDb) * length - kPeakPixels / 2);
      peak.style.transform = isFlat ? `translateX(${at}px)` : `translateY(${-at}px)`;
      peak.style.background = peakColour(peakDb);
    }
  }
}

function peakColour(db: number): string {
  if (!(db > kMeterFloorDb)) return 'none';
  return db > 0 ? 'var(--clip)' : db > -12 ? 'var(--hot)' : 'var(--signal)';
}
customElements.define('sc-meter', ScMeter);
