// SPDX-License-Identifier: MIT
// <sc-knob>: a parameter that is turned.
//
// Vertical drag (Shift is finer), double press on the dial resets, wheel when focused, the keys of a slider; Enter or a
// double press on the value types a number. Esc brings back what was before the gesture. Events, all bubbling:
//   sc-input  {value}  while it turns: to be heard at once, not yet meant
//   sc-change {value}  the gesture is over and meant
//   sc-cancel          the gesture is over and was not meant
//   sc-menu            its menu is asked for: right press, long press, Shift+F10 or the menu key
import { formatValue, inputModeOf, parseValue } from '../format/units.ts';
import { fromTravel, toTravel } from '../format/travel.ts';
import type { ParamMeta } from '../model/engine-port.ts';
import { Dial, type KnobSize, type Modulation } from './dial.ts';
import { element, setAttributes } from './dom.ts';
import { DoubleTap, KnobDrag, keyStep, LongPress, wheelStep } from './gesture.ts';

export interface KnobEventDetail {
  readonly value: number;
}
declare global {
  interface HTMLElementTagNameMap {
    'sc-knob': ScKnob;
  }
  interface HTMLElementEventMap {
    'sc-input': CustomEvent<KnobEventDetail>;
    'sc-change': CustomEvent<KnobEventDetail>;
    'sc-cancel': CustomEvent<undefined>;
    'sc-menu': CustomEvent<undefined>;
  }
}

/** A wheel or a held key is one gesture until it rests this long. */
const kRestMs = 400;

export class ScKnob extends HTMLElement {
  private meta: ParamMeta | undefined;
  private shown = 0;
  private settled = 0;
  private modulated: Modulation | undefined;
  private drawing: Dial | undefined;
  private drag: KnobDrag | undefined;
  private moved = false;
  /** What is shown has been told, and not been meant yet: it is the hand's, not to be set from outside. */
  private isOurs = false;
  private rest: ReturnType<typeof setTimeout> | undefined;
  /** What the field began with, while something is typed. */
  private typedFrom: string | undefined;
  private readonly taps = new DoubleTap();
  private readonly hold = new LongPress(() => this.askMenu());
  private readonly textTaps = new DoubleTap();
  private readonly dial = element('div', 'dial', {
    role: 'slider',
    tabindex: 0,
    'aria-haspopup': 'menu',
  });
  private readonly label = element('span', 'label', { 'aria-hidden': 'true' });
  private readonly text = element('span', 'value', { 'aria-hidden': 'true' });
  private readonly field = element('input', '', { type: 'text' });

  constructor() {
    super();
    const { dial, text, field } = this;
    dial.addEventListener('pointerdown', (event) => this.press(event));
    dial.addEventListener('pointermove', (event) => this.pull(event));
    dial.addEventListener('pointerup', () => this.release());
    dial.addEventListener('contextmenu', (event) => {
      event.preventDefault();
      this.askMenu();
    });
    dial.addEventListener('pointercancel', () => this.cancel());
    dial.addEventListener('lostpointercapture', () => this.release());
    dial.addEventListener('keydown', (event) => this.key(event));
    dial.addEventListener('blur', () => this.commit());
    dial.addEventListener('wheel', (event) => this.wheel(event), { passive: false });
    text.addEventListener('pointerup', (event) => {
      if (this.textTaps.press(event.timeStamp, event.clientX, event.clientY)) this.type();
    });
    field.addEventListener('keydown', (event) => this.fieldKey(event));
    field.addEventListener('blur', () => this.stopTyping(true));
  }

  connectedCallback(): void {
    if (!this.dial.isConnected) this.append(this.dial, this.label, this.text);
    this.rebuild();
  }
  disconnectedCallback(): void {
    this.commit();
  }

  set param(meta: ParamMeta) {
    if (meta === this.meta) return;
    this.meta = meta;
    this.rebuild();
  }
  get param(): ParamMeta | undefined {
    return this.meta;
  }

  /** The value from outside. What a hand has turned and not meant yet is the hand's. */
  set value(value: number) {
    if (this.isOurs) return;
    this.settled = value;
    this.shown = value;
    if (this.meta) this.drag?.goTo(toTravel(value, this.meta));
    this.draw();
  }
  get value(): number {
    return this.shown;
  }

  set modulation(modulation: Modulation | undefined) {
    this.modulated = modulation;
    this.draw();
  }

  private get isTurning(): boolean {
    return this.drag !== undefined || this.isOurs;
  }

  private rebuild(): void {
    const { meta } = this;
    if (!meta || !this.isConnected) return;
    const attribute = this.getAttribute('size');
    const size: KnobSize = attribute === 's' || attribute === 'l' ? attribute : 'm';
    this.drawing = new Dial(size, meta.min < 0 && meta.max > 0 && meta.curve === 'linear');
    this.dial.replaceChildren(this.drawing.root);
    this.label.textContent = meta.label;
    this.label.title = meta.label;
    setAttributes(this.field, {
      'aria-label': `${meta.label}, type a value`,
      inputmode: inputModeOf(meta),
    });
    setAttributes(this.dial, {
      'aria-label': meta.label,
      'aria-valuemin': meta.min,
      'aria-valuemax': meta.max,
      'aria-orientation': 'vertical',
    });
    this.draw();
  }

  private draw(): void {
    const { meta, drawing } = this;
    if (!meta || !drawing) return;
    const text = formatValue(this.shown, meta);
    drawing.draw(toTravel(this.shown, meta), this.modulated);
    if (this.text.textContent !== text) this.text.textContent = text;
    setAttributes(this.dial, { 'aria-valuenow': this.shown, 'aria-valuetext': text });
  }

  private turnTo(travel: number): void {
    if (!this.meta) return;
    this.show(fromTravel(travel, this.meta));
  }
  private show(value: number): void {
    if (value === this.shown) return;
    this.shown = value;
    this.isOurs = true;
    this.draw();
    this.tell('sc-input');
  }
  private tell(type: 'sc-input' | 'sc-change'): void {
    const detail: KnobEventDetail = { value: this.shown };
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  private press(event: PointerEvent): void {
    if (!this.meta || event.button !== 0 || this.drag) return;
    event.preventDefault();
    this.commit();
    this.dial.focus({ preventScroll: true });
    if (this.taps.press(event.timeStamp, event.clientX, event.clientY)) {
      this.show(this.meta.default);
      this.commit();
      return;
    }
    this.dial.setPointerCapture(event.pointerId);
    this.drag = new KnobDrag(toTravel(this.shown, this.meta), event.clientY);
    this.moved = false;
    if (event.pointerType !== 'mouse') this.hold.begin();
  }
  private pull(event: PointerEvent): void {
    if (!this.drag) return;
    const travel = this.drag.move(event.clientY, event.shiftKey);
    if (!this.moved && Math.abs(travel - this.drag.begin) < 0.01) return;
    if (!this.moved) this.taps.forget();
    this.hold.end();
    this.moved = true;
    this.toggleAttribute('dragging', true);
    this.turnTo(travel);
  }
  private release(): void {
    this.hold.end();
    if (!this.drag) return;
    this.endDrag();
    this.commit();
  }
  private endDrag(): void {
    this.drag = undefined;
    this.toggleAttribute('dragging', false);
  }

  /** What it shows is meant; a hand that is still on it begins anew from there. */
  settle(): void {
    this.commit();
  }
  private commit(): void {
    const wasOurs = this.letGo();
    if (!wasOurs) return;
    if (this.shown === this.settled) {
      this.tellCancel();
      return;
    }
    this.settled = this.shown;
    this.tell('sc-change');
  }
  private cancel(): void {
    this.hold.end();
    this.endDrag();
    if (!this.letGo()) return;
    this.shown = this.settled;
    this.draw();
    this.tellCancel();
  }
  /** Whether there was something to be meant or not. */
  private letGo(): boolean {
    const { isOurs } = this;
    clearTimeout(this.rest);
    this.rest = undefined;
    this.isOurs = false;
    return isOurs;
  }
  private tellCancel(): void {
    this.dispatchEvent(new CustomEvent('sc-cancel', { bubbles: true }));
  }
  private commitSoon(): void {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.commit(), kRestMs);
  }

  private key(event: KeyboardEvent): void {
    const { meta } = this;
    if (!meta || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      this.type();
      return;
    }
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
      event.preventDefault();
      this.askMenu();
      return;
    }
    if (event.key === 'Escape' && this.isTurning) {
      event.preventDefault();
      event.stopPropagation();
      this.cancel();
      return;
    }
    const step = keyStep(event.key, event.shiftKey, meta.choices?.length);
    if (!step) return;
    event.preventDefault();
    this.commitSoon();
    this.turnTo('to' in step ? step.to : toTravel(this.shown, meta) + step.by);
  }

  private wheel(event: WheelEvent): void {
    const { meta } = this;
    if (!meta || document.activeElement !== this.dial) return;
    event.preventDefault();
    // Browsers turn Shift + wheel into a sideways wheel.
    const delta = event.deltaY || event.deltaX;
    const choices = meta.choices?.length ?? 0;
    const step =
      choices > 1
        ? -Math.sign(delta) / (choices - 1)
        : wheelStep(delta, event.deltaMode, event.shiftKey);
    this.commitSoon();
    this.turnTo(toTravel(this.shown, meta) + step);
  }

  /** A long press and the system's own event for it may both ask. */
  private askMenu(): void {
    // A finger that shook was no turn; a wheel or a key before it was one.
    if (this.drag) this.cancel();
    else this.commit();
    this.taps.forget();
    this.dispatchEvent(new CustomEvent('sc-menu', { bubbles: true }));
  }
  get handle(): HTMLElement {
    return this.dial;
  }
  /** To the parameter's default, as one step. */
  reset(): void {
    if (!this.meta) return;
    this.commit();
    this.show(this.meta.default);
    this.commit();
  }

  /** Its value becomes a field. */
  type(): void {
    if (!this.meta) return;
    this.commit();
    this.typedFrom = formatValue(this.shown, this.meta);
    this.field.value = this.typedFrom;
    this.text.replaceWith(this.field);
    this.field.focus();
    this.field.select();
  }
  private fieldKey(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    this.stopTyping(event.key === 'Enter');
    this.dial.focus();
  }
  private stopTyping(isMeant: boolean): void {
    const { typedFrom } = this;
    if (typedFrom === undefined || !this.meta) return;
    // Replacing the field blurs it, which leads here again.
    this.typedFrom = undefined;
    const typed = this.field.value;
    this.field.replaceWith(this.text);
    // Text that was left as it stood shows fewer digits than the value has: it means no change.
    if (!isMeant || typed === typedFrom) return;
    const value = parseValue(typed, this.meta);
    if (value === undefined) return;
    this.show(value);
    this.commit();
  }
}
customElements.define('sc-knob', ScKnob);
