// SPDX-License-Identifier: MIT
// <sc-rack>: the rig as cards on one wire. A handle moves its card, by hand or with the arrow keys.
import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { App } from '../model/app.ts';
import { element, Panel, setAttributes, svgElement } from '../ui/dom.ts';
import { turn } from '../ui/turns.ts';
import { emptyWire, Wire } from '../ui/wire.ts';
import { type Box, dropIndex } from './reorder.ts';
import { listWiring, rackWiring } from './wiring.ts';
import { cardLayout } from './card-layout.ts';
import { focusModule, nodeOf } from './module-focus.ts';
import './card.ts';

const kRowGap = 40;
const kScrollEdge = 48;

interface Drag {
  readonly nodeId: string;
  readonly index: number;
  readonly item: HTMLElement;
  readonly boxes: readonly Box[];
  readonly from: { readonly x: number; readonly y: number };
  readonly scrollTop: number;
  target: number;
}

export class ScRack extends Panel {
  static override properties = {
    app: { attribute: false },
    phone: { type: Boolean },
    opened: { state: true },
    current: { state: true },
  };
  declare app: App;
  declare phone: boolean;
  declare opened: string | undefined;
  /** The module that had the focus last. */
  declare current: string;
  private stops: (() => void)[] = [];
  private drag: Drag | undefined;
  /** Where the focus was before the cards were drawn anew: its module may be gone. */
  private focused: { readonly nodeId: string; readonly place: number } | undefined;
  private shown: readonly string[] = [];
  private wires: Wire[] = [];
  private isDrawing = false;
  private readonly lit = element('div', 'wires', { 'aria-hidden': 'true' });
  private readonly drawing = svgElement('svg');
  private readonly mark = svgElement('path', { class: 'drop-mark', fill: 'none' });
  private readonly observer = new ResizeObserver(() => this.layWires());

  constructor() {
    super();
    this.phone = false;
    this.opened = undefined;
    this.current = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { app } = this;
    this.stops = [
      app.session.on('project', () => this.requestUpdate()),
      app.session.on('moved', this.followMove),
      app.levels.onDraw(() => this.glow()),
    ];
    this.addEventListener('pointerdown', this.press);
    this.addEventListener('keydown', this.key);
    this.addEventListener('focusin', this.noteFocus);
    this.addEventListener('sc-open', this.toggleRow as EventListener);
  }
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const stop of this.stops) stop();
    this.observer.disconnect();
    this.endDrag();
  }

  private async cardsDrawn(): Promise<void> {
    await Promise.all([...this.querySelectorAll('sc-card')].map((card) => card.updateComplete));
  }
  private get items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.rack > ol > li')];
  }
  private boxes(): Box[] {
    return this.items.map(({ offsetLeft, offsetTop, offsetWidth, offsetHeight }) => ({
      left: offsetLeft,
      top: offsetTop,
      width: offsetWidth,
      height: offsetHeight,
    }));
  }

  private readonly noteFocus = (event: FocusEvent): void => {
    this.current = nodeOf(event.target as Element) ?? this.current;
  };
  protected override willUpdate(): void {
    const nodeId = nodeOf(document.activeElement);
    const place = nodeId === undefined ? -1 : this.shown.indexOf(nodeId);
    this.focused = nodeId === undefined || place < 0 ? undefined : { nodeId, place };
  }
  /** The focus of a module that is gone goes to the one in its place. */
  private keepFocus(): void {
    const { focused } = this;
    const { nodes } = this.app.session.chain;
    this.shown = nodes;
    if (!focused || nodes.includes(focused.nodeId)) return;
    const next = nodes[Math.min(focused.place, nodes.length - 1)];
    if (next !== undefined) focusModule(next);
    else document.querySelector<HTMLElement>('.add-module')?.focus();
  }

  protected override updated(): void {
    this.isDrawing = true;
    const cards = this.cardsDrawn();
    void cards.then(() => this.keepFocus());
    // In a turn of its own: it asks for a layout.
    void cards.then(turn).then(() => {
      this.isDrawing = false;
      this.layWires();
    });
    const list = this.querySelector('.rack > ol');
    this.observer.disconnect();
    if (!list) return;
    if (!this.lit.isConnected) list.parentElement?.append(this.lit);
    this.observer.observe(list);
    for (const item of this.items) {
      const { basis } = cardLayout(this.app.session.meta(item.dataset['node'] ?? ''));
      item.style.setProperty('--basis', `${basis / 16}rem`);
      this.observer.observe(item);
    }
  }

  // The wire

  private layWires(): void {
    const rack = this.querySelector<HTMLElement>('.rack');
    // Cards that are still to be drawn would move all wires behind them.
    if (!rack || this.isDrawing) return;
    const boxes = this.boxes();
    const { wires, ports } = this.phone
      ? listWiring(boxes)
      : rackWiring(boxes, rack.clientWidth, kRowGap);
    setAttributes(this.drawing, { width: rack.clientWidth, height: rack.scrollHeight });
    const known = new Map(this.wires.map((wire) => [wire.key, wire]));
    const fresh: Wire[] = [];
    this.wires = wires.map((d, i) => {
      const ends = ports.filter(({ wire }) => wire === i);
      const key = `${d} ${ends.map(({ x }) => x).join(' ')}`;
      const wire = known.get(key) ?? new Wire(key, d, ends);
      if (!known.delete(key)) fresh.push(wire);
      return wire;
    });
    if (fresh.length === 0 && known.size === 0) return;
    this.drawing.replaceChildren(...this.wires.map(({ idle }) => idle), this.mark);
    this.lit.replaceChildren(this.drawing, ...this.wires.map(({ live }) => live));
    const boxesOfWires = fresh.map((wire) => wire.measure());
    for (const [i, wire] of fresh.entries()) {
      const box = boxesOfWires[i];
      if (box) wire.fit(box);
    }
    this.glow();
  }

  private glow(): void {
    const { levels, session } = this.app;
    const ids = session.chain.nodes;
    const glows = [
      Math.max(0, ...session.sources.map((id) => levels.glow(id))),
      ...ids.map((id) => levels.glow(id)),
    ];
    for (const [i, wire] of this.wires.entries()) wire.glow = glows[i] ?? 0;
    for (const [i, item] of this.items.entries()) {
      item.toggleAttribute('data-playing', (glows[i + 1] ?? 0) > 0.02);
    }
  }

  // Moving cards

  private readonly press = (event: PointerEvent): void => {
    const handle = (event.target as Element).closest<HTMLElement>('.handle');
    const item = handle?.closest<HTMLElement>('li');
    const nodeId = item?.dataset['node'];
    if (!handle || !item || nodeId === undefined || event.button !== 0) return;
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
    const index = this.app.session.chain.nodes.indexOf(nodeId);
    this.drag = {
      nodeId,
      index,
      item,
      boxes: this.boxes(),
      from: { x: event.clientX, y: event.clientY },
      scrollTop: this.scroller?.scrollTop ?? 0,
      target: index,
    };
    handle.addEventListener('pointermove', this.pull);
    for (const end of ['pointerup', 'pointercancel'] as const)
      handle.addEventListener(end, this.drop);
  };

  private get scroller(): HTMLElement | null {
    return this.closest<HTMLElement>('.scroller');
  }

  private readonly pull = (event: PointerEvent): void => {
    const { drag } = this;
    const rack = this.querySelector('.rack');
    if (!drag || !rack) return;
    const { scroller } = this;
    const scrolled = (scroller?.scrollTop ?? 0) - drag.scrollTop;
    const dx = this.phone ? 0 : event.clientX - drag.from.x;
    const dy = event.clientY - drag.from.y + scrolled;
    if (Math.hypot(dx, dy) < 4 && !drag.item.classList.contains('lifted')) return;
    drag.item.classList.add('lifted');
    drag.item.style.transform = `translate(${dx}px, ${dy}px)`;
    const at = rack.getBoundingClientRect();
    const point = { x: event.clientX - at.left, y: event.clientY - at.top };
    drag.target = dropIndex(drag.boxes, drag.index, point, this.phone);
    this.showMark(drag);
    const view = scroller?.getBoundingClientRect();
    if (!scroller || !view) return;
    if (event.clientY > view.bottom - kScrollEdge) scroller.scrollTop += 12;
    if (event.clientY < view.top + kScrollEdge) scroller.scrollTop -= 12;
  };

  /** A line where the card would land. */
  private showMark(drag: Drag): void {
    const others = drag.boxes.filter((_, i) => i !== drag.index);
    const after = others[drag.target];
    const before = others[drag.target - 1];
    const box = after ?? before;
    if (!box) return;
    const d = this.phone
      ? `M${box.left} ${after ? box.top - 4 : box.top + box.height + 4}h${box.width}`
      : `M${after ? box.left - 12 : box.left + box.width + 12} ${box.top}v${box.height}`;
    setAttributes(this.mark, { d });
  }

  private readonly drop = (event: PointerEvent): void => {
    const { drag } = this;
    if (!drag) return;
    this.endDrag();
    if (event.type === 'pointerup' && drag.target !== drag.index)
      this.move(drag.nodeId, drag.target);
  };

  private endDrag(): void {
    const { drag } = this;
    if (!drag) return;
    this.drag = undefined;
    drag.item.classList.remove('lifted');
    drag.item.style.transform = '';
    setAttributes(this.mark, { d: '' });
    const handle = drag.item.querySelector<HTMLElement>('.handle');
    handle?.removeEventListener('pointermove', this.pull);
    for (const end of ['pointerup', 'pointercancel'] as const) {
      handle?.removeEventListener(end, this.drop);
    }
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && this.drag) {
      event.preventDefault();
      event.stopPropagation();
      this.endDrag();
      return;
    }
    const target = event.target as Element;
    if (this.enterOrLeave(event, target)) return;
    const nodeId = nodeOf(target.closest('.handle'));
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (nodeId === undefined || step === undefined || event.altKey) return;
    event.preventDefault();
    const { nodes } = this.app.session.chain;
    const to = nodes.indexOf(nodeId) + step;
    if (to >= 0 && to < nodes.length) this.move(nodeId, to);
  };

  /** Enter goes from a module to its first knob, Esc from its controls back to it. */
  private enterOrLeave(event: KeyboardEvent, target: Element): boolean {
    const card = target.closest<HTMLElement>('.card');
    if (!card || event.defaultPrevented) return false;
    const first = card.querySelector<HTMLElement>('[role="slider"], .opener, .select');
    const to =
      event.key === 'Enter' && target === card
        ? first
        : event.key === 'Escape' && target !== card
          ? card
          : null;
    if (!to) return false;
    event.preventDefault();
    to.focus();
    return true;
  }

  private move(nodeId: string, index: number): void {
    this.app.session.move(nodeId, index);
  }

  /** A card that goes elsewhere is taken out of the page on the way: it glides, and what had the focus keeps it. */
  private readonly followMove = ({ nodeId }: { nodeId: string }): void => {
    const before = new Map(
      this.items.map((item) => [item.dataset['node'], item.getBoundingClientRect()]),
    );
    const active = document.activeElement;
    const focused = nodeOf(active) === nodeId ? (active as HTMLElement) : undefined;
    void this.updateComplete.then(() => {
      this.glide(before);
      if (focused?.isConnected) focused.focus();
    });
  };

  /** Cards that changed places go there, rather than jump. */
  private glide(before: ReadonlyMap<string | undefined, DOMRect>): void {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    for (const item of this.items) {
      const from = before.get(item.dataset['node']);
      const to = item.getBoundingClientRect();
      if (!from || (from.left === to.left && from.top === to.top)) continue;
      const offset = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
      item.animate([{ transform: offset }, { transform: 'none' }], {
        duration: 240,
        easing: 'cubic-bezier(.2, .8, .2, 1)',
      });
    }
  }

  private readonly toggleRow = (event: CustomEvent<{ nodeId: string }>): void => {
    const { nodeId } = event.detail;
    this.opened = this.openRow === nodeId ? '' : nodeId;
  };
  /** At first the row that the hint is about is open. */
  private get openRow(): string {
    const { session } = this.app;
    if (this.opened !== undefined) return this.opened;
    const drive = session.chain.nodes.find((id) => session.node(id)?.type === 'overdrive');
    return drive ?? session.chain.nodes[0] ?? '';
  }

  override render() {
    const { app } = this;
    const { nodes } = app.session.chain;
    const current = nodes.includes(this.current) ? this.current : nodes[0];
    if (!nodes.length) {
      return html`<div class="empty">
        <svg width="180" height="36" fill="none" aria-hidden="true">${emptyWire()}</svg>
        <div class="strong">Nothing between input and output yet</div>
        <div class="small soft">Add an amp, or start from a rig.</div>
      </div>`;
    }
    return html`<div class="rack">
      <ol role="list" aria-label="Modules">
        ${repeat(
          nodes,
          // Another project may have the same ids for other modules.
          (id) => `${app.session.id}/${id}`,
          (id) =>
            html`<li data-node=${id}>
              <sc-card
                .app=${app}
                .nodeId=${id}
                .phone=${this.phone}
                .open=${this.phone && this.openRow === id}
                .current=${id === current}
              ></sc-card>
            </li>`,
        )}
      </ol>
    </div>`;
  }
}
customElements.define('sc-rack', ScRack);
