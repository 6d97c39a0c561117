// SPDX-License-Identifier: MIT
// <sc-waveform>: a recording as a picture. Grey at rest; what has been heard since play was pressed is in the colour of
// sound. A slider: press or drag to move the playhead, arrows 1 s, with Shift or page keys 10 s, Home and End.
import type { Peaks } from '../model/peaks.ts';
import { setAttributes, svgElement } from './dom.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-waveform': ScWaveform;
  }
}
export interface WaveSeek {
  readonly seconds: number;
}
const kStepSeconds = 1;
const kLeapSeconds = 10;
/** Quieter takes are drawn larger, up to this. */
const kLeastScale = 0.1;

const spoken = (seconds: number): string => {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  return minutes ? `${minutes} min ${whole % 60} s` : `${whole} s`;
};

export class ScWaveform extends HTMLElement {
  /** Where the sound stands, asked while it plays. */
  position: () => number = () => 0;
  private peaks: Peaks | undefined;
  private drawn = '';
  private seconds = 0;
  /** The picture is at least so long: a recording grows into it. */
  private span = 0;
  private isSounding = false;
  private width = 0;
  private height = 0;
  private request = 0;
  private readonly svg = svgElement('svg', {
    width: '100%',
    height: '100%',
    'aria-hidden': 'true',
  });
  private readonly rest = svgElement('path', { class: 'wave-rest' });
  private readonly heard = svgElement('path');
  /** Cuts the coloured picture off at the playhead. */
  private readonly window = svgElement('svg', { class: 'wave-heard', height: '100%', width: 0 });
  private readonly playhead = svgElement('rect', { class: 'wave-playhead', width: 2, y: 0 });
  private readonly observer = new ResizeObserver(([entry]) => {
    this.width = Math.round(entry?.contentRect.width ?? 0);
    this.height = Math.round(entry?.contentRect.height ?? 0);
    this.draw();
  });

  connectedCallback(): void {
    if (!this.svg.isConnected) {
      this.window.append(this.heard);
      this.svg.append(this.rest, this.window, this.playhead);
      this.append(this.svg);
      this.addEventListener('pointerdown', this.press);
      this.addEventListener('keydown', this.key);
    }
    this.observer.observe(this);
  }
  disconnectedCallback(): void {
    this.observer.disconnect();
    cancelAnimationFrame(this.request);
    this.request = 0;
  }

  /** A take: a slider named by its label. */
  showTake(label: string, peaks: Peaks | undefined, seconds: number, isSounding: boolean): void {
    this.peaks = peaks;
    this.seconds = seconds;
    this.span = seconds;
    this.isSounding = isSounding;
    setAttributes(this, {
      role: 'slider',
      tabindex: 0,
      'aria-label': label,
      'aria-valuemin': 0,
      'aria-valuemax': seconds.toFixed(2),
    });
    this.toggleAttribute('data-sounding', isSounding);
    this.draw();
    if (isSounding && !this.request) this.request = requestAnimationFrame(this.follow);
  }

  /** A recording while it grows. */
  showGrowing(peaks: Peaks, seconds: number, leastSpan: number): void {
    this.peaks = peaks;
    this.seconds = seconds;
    this.span = Math.max(leastSpan, seconds);
    this.toggleAttribute('data-sounding', true);
    this.draw();
  }

  private readonly follow = (): void => {
    this.request = this.isSounding ? requestAnimationFrame(this.follow) : 0;
    this.drawPlayhead();
  };

  private draw(): void {
    const { peaks, width, height } = this;
    if (!width || !height) return;
    const filled = this.span ? Math.round((width * this.seconds) / this.span) : 0;
    const key = `${peaks?.length} ${filled} ${width} ${height}`;
    if (key !== this.drawn) {
      this.drawn = key;
      const shape = peaks?.length ? shapeOf(peaks, filled, height) : `M0 ${height / 2}h${filled}`;
      for (const path of [this.rest, this.heard]) path.setAttribute('d', shape);
      this.playhead.setAttribute('height', String(height));
    }
    this.drawPlayhead();
  }

  private drawPlayhead(): void {
    const isSlider = this.getAttribute('role') === 'slider';
    const at = isSlider ? Math.min(this.seconds, this.position()) : this.seconds;
    const x = this.span ? (at / this.span) * this.width : 0;
    this.playhead.setAttribute('x', String(Math.round(Math.min(x, this.width - 2))));
    this.playhead.toggleAttribute('hidden', !isSlider || (at === 0 && !this.isSounding));
    this.window.setAttribute('width', String(Math.max(0, x)));
    if (!isSlider) return;
    setAttributes(this, {
      'aria-valuenow': at.toFixed(1),
      'aria-valuetext': `${spoken(at)} of ${spoken(this.seconds)}`,
    });
  }

  private seek(seconds: number): void {
    const detail: WaveSeek = { seconds: Math.min(this.seconds, Math.max(0, seconds)) };
    this.dispatchEvent(new CustomEvent('sc-seek', { detail }));
    this.drawPlayhead();
  }

  private readonly press = (event: PointerEvent): void => {
    if (event.button !== 0 || this.getAttribute('role') !== 'slider') return;
    const { left, width } = this.getBoundingClientRect();
    const seekTo = ({ clientX }: PointerEvent) =>
      this.seek(((clientX - left) / width) * this.seconds);
    this.setPointerCapture(event.pointerId);
    const abort = new AbortController();
    const { signal } = abort;
    const end = () => abort.abort();
    this.addEventListener('pointermove', seekTo, { signal });
    this.addEventListener('lostpointercapture', end, { signal });
    seekTo(event);
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? kLeapSeconds : kStepSeconds;
    const now = this.position();
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: now - step,
      ArrowDown: now - step,
      ArrowRight: now + step,
      ArrowUp: now + step,
      PageDown: now - kLeapSeconds,
      PageUp: now + kLeapSeconds,
      Home: 0,
      End: this.seconds,
    };
    const seconds = to[event.key];
    if (seconds === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.seek(seconds);
  };
}
customElements.define('sc-waveform', ScWaveform);

/** The outline, a pixel wide each column and never thinner than a pixel. */
function shapeOf(peaks: Peaks, width: number, height: number): string {
  const columns = Math.max(1, width);
  const { low, high } = peaks.outline(columns);
  let most = kLeastScale;
  for (let c = 0; c < columns; c += 1) most = Math.max(most, high[c] ?? 0, -(low[c] ?? 0));
  const middle = height / 2;
  const y = (value: number) => middle - (value / most) * (middle - 1);
  const top: string[] = [];
  const bottom: string[] = [];
  for (let c = 0; c < columns; c += 1) {
    const upper = Math.min(y(high[c] ?? 0), middle - 0.5);
    const lower = Math.max(y(low[c] ?? 0), middle + 0.5);
    top.push(`${c} ${upper.toFixed(1)}`);
    bottom.push(`${c} ${lower.toFixed(1)}`);
  }
  return `M${top.join('L')}L${bottom.toReversed().join('L')}Z`;
}
