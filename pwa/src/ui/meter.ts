// SPDX-License-Identifier: MIT
// <sc-meter>: bars of level, upright or (attribute `flat`) lying. Green to -12 dB, hot to 0, clip above; the places stay
// the same, so that the bar is read without colour. Call `show` with each report; it moves only while something sounds.
import { setAttributes, svgElement } from './dom.ts';
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

interface Bar {
  readonly ballistics: Ballistics;
  readonly zones: readonly SVGRectElement[];
  readonly peak: SVGRectElement;
}

export class ScMeter extends HTMLElement {
  private readonly svg = svgElement('svg', {
    width: '100%',
    height: '100%',
    'aria-hidden': 'true',
  });
  private bars: Bar[] = [];
  private width = 0;
  private height = 0;
  private at = 0;
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = entry?.contentRect.width ?? 0;
    this.height = entry?.contentRect.height ?? 0;
    this.build();
  });

  connectedCallback(): void {
    if (!this.svg.isConnected) this.append(this.svg);
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

  private build(): void {
    const count = Number(this.getAttribute('channels') ?? 2);
    this.svg.replaceChildren();
    if (this.hasScale) this.drawScale();
    this.bars = Array.from({ length: count }, (_, channel) => {
      const bed = svgElement('rect', { ...this.place(channel, 0, 1), rx: 1.5 });
      bed.setAttribute('fill', 'var(--surface-0)');
      const zones = kZones.map(({ colour }) => svgElement('rect', { fill: colour }));
      const peak = svgElement('rect');
      this.svg.append(bed, ...zones, peak);
      const ballistics = this.bars[channel]?.ballistics ?? new Ballistics();
      return { ballistics, zones, peak };
    });
    this.draw();
  }

  /** The rectangle of a channel between two shares of the length. */
  private place(channel: number, from: number, to: number) {
    const thick = this.isFlat ? 7 : 10;
    const gap = this.isFlat ? 3 : 2;
    const across = channel * (thick + gap) + (this.hasScale ? 26 : 0);
    return this.isFlat
      ? { x: from * this.width, y: across, width: (to - from) * this.width, height: thick }
      : {
          x: across,
          y: (1 - to) * this.height,
          width: thick,
          height: (to - from) * this.height,
        };
  }

  private drawScale(): void {
    for (const db of kScale) {
      const y = (1 - meterPosition(db)) * this.height + (db === 6 ? 9 : 4);
      const text = svgElement('text', { x: 21, y, class: 'scale' });
      text.textContent = db > 0 ? `+${db}` : db < 0 ? `−${-db}` : '0';
      this.svg.append(text);
    }
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
    for (const [channel, { ballistics, zones, peak }] of this.bars.entries()) {
      for (const [i, zone] of zones.entries()) {
        const { from, to } = kZones[i] ?? kZones[0];
        const top = Math.min(to, ballistics.levelDb);
        const low = meterPosition(from);
        const high = Math.max(low, meterPosition(top));
        // A pixel is left free where a zone begins.
        const gap =
          from > kMeterFloorDb ? 1 / Math.max(1, this.isFlat ? this.width : this.height) : 0;
        setAttributes(zone, this.place(channel, Math.min(high, low + gap), high));
      }
      const { peakDb } = ballistics;
      const at = meterPosition(peakDb);
      const half = 1 / Math.max(1, this.isFlat ? this.width : this.height);
      setAttributes(peak, this.place(channel, at - half, at + half));
      peak.setAttribute(
        'fill',
        peakDb > 0 ? 'var(--clip)' : peakDb > -12 ? 'var(--hot)' : 'var(--signal)',
      );
      peak.toggleAttribute('hidden', !(peakDb > kMeterFloorDb));
    }
  }
}
customElements.define('sc-meter', ScMeter);
