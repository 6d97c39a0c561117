// SPDX-License-Identifier: MIT
// <sc-fader>: the volume, on the meter's scale. Drag (Shift is finer), keys, wheel when focused, double press resets.
import { fixed } from '../format/units.ts';
import { element, setAttributes } from './dom.ts';
import { DoubleTap, kFineFactor } from './gesture.ts';
import { kMeterFloorDb, kMeterTopDb, meterDb, meterPosition } from './level.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-fader': ScFader;
  }
}

export const volumeText = (db: number): string =>
  db <= kMeterFloorDb ? 'off' : `${fixed(db, 1)} dB`;

export class ScFader extends HTMLElement {
  /** Where a double press leads. */
  resetDb = -12;
  private db = -12;
  private drag: { at: number; position: number } | undefined;
  private readonly taps = new DoubleTap();
  private readonly fill = element('span', 'fill');
  private readonly cap = element('span', 'cap');

  connectedCallback(): void {
    if (this.cap.isConnected) return;
    this.append(element('span', 'groove'), this.fill, this.cap);
    setAttributes(this, {
      role: 'slider',
      tabindex: 0,
      'aria-valuemin': kMeterFloorDb,
      'aria-valuemax': kMeterTopDb,
      'aria-orientation': this.isFlat ? 'horizontal' : 'vertical',
    });
    this.addEventListener('pointerdown', (event) => this.press(event));
    this.addEventListener('pointermove', (event) => this.pull(event));
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      this.addEventListener(end, () => (this.drag = undefined));
    }
    this.addEventListener('keydown', (event) => this.key(event));
    this.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    this.draw();
  }

  private get isFlat(): boolean {
    return this.hasAttribute('flat');
  }
  set value(db: number) {
    this.db = db;
    this.draw();
  }
  get value(): number {
    return this.db;
  }

  private draw(): void {
    const share = `${(meterPosition(this.db) * 100).toFixed(2)}%`;
    this.fill.style.setProperty(this.isFlat ? 'width' : 'height', share);
    this.cap.style.setProperty(this.isFlat ? 'left' : 'bottom', share);
    setAttributes(this, {
      'aria-valuenow': this.db.toFixed(1),
      'aria-valuetext': volumeText(this.db),
    });
  }

  private set(db: number): void {
    const rounded = Math.round(Math.min(kMeterTopDb, Math.max(kMeterFloorDb, db)) * 10) / 10;
    if (rounded === this.db) return;
    this.db = rounded;
    this.draw();
    this.dispatchEvent(new CustomEvent('sc-input', { bubbles: true, detail: { value: rounded } }));
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.focus({ preventScroll: true });
    if (this.taps.press(event.timeStamp, event.clientX, event.clientY)) {
      this.set(this.resetDb);
      return;
    }
    this.setPointerCapture(event.pointerId);
    this.drag = { at: this.along(event), position: meterPosition(this.db) };
  }
  private along(event: PointerEvent): number {
    return this.isFlat ? event.clientX : -event.clientY;
  }
  private pull(event: PointerEvent): void {
    const { drag } = this;
    if (!drag) return;
    const length = Math.max(40, this.isFlat ? this.clientWidth : this.clientHeight);
    const now = this.along(event);
    if (now !== drag.at) this.taps.forget();
    drag.position += (now - drag.at) / length / (event.shiftKey ? kFineFactor : 1);
    drag.position = Math.min(1, Math.max(0, drag.position));
    drag.at = now;
    this.set(meterDb(drag.position));
  }

  private key(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowUp: 1,
      ArrowRight: 1,
      ArrowDown: -1,
      ArrowLeft: -1,
      PageUp: 6,
      PageDown: -6,
      Home: -1000,
      End: 1000,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.set(this.db + (event.shiftKey ? step / 10 : step));
  }
  private wheel(event: WheelEvent): void {
    if (document.activeElement !== this) return;
    event.preventDefault();
    const delta = event.deltaY || event.deltaX;
    this.set(this.db - Math.sign(delta) * (event.shiftKey ? 0.1 : 1));
  }
}
customElements.define('sc-fader', ScFader);
