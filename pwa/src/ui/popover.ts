// SPDX-License-Identifier: MIT
// A panel below the button that opened it. Esc or a press elsewhere closes it and gives the focus back; in lists the
// arrow keys move.
import { render, type TemplateResult } from 'lit';
import { element } from './dom.ts';

export interface PopoverOptions {
  readonly role: 'dialog' | 'menu' | 'listbox';
  readonly label: string;
  readonly className?: string;
  readonly render: (close: () => void) => TemplateResult;
  readonly onClose?: () => void;
  /** At least as wide as the button. */
  readonly matchWidth?: boolean;
  /** What it stands at, when that is not the button. */
  readonly beside?: HTMLElement;
}
const kItems = '[role="option"],[role="menuitem"],[role="menuitemradio"]';
const kEdge = 8;
/** Which panel belongs to which: what opens over a popover is part of it. */
const kOpen = new WeakMap<Element, Popover>();

export class Popover {
  readonly panel: HTMLElement;
  private isOpen = true;
  /** A key may have opened it from elsewhere: the focus goes back there. */
  private readonly opener: HTMLElement;
  private readonly abort = new AbortController();
  /** What is inside may come later, or grow; while it shrinks the panel stays where it is. */
  private readonly sizes = new ResizeObserver(() => {
    if (this.panel.getBoundingClientRect().bottom > innerHeight - kEdge) this.place();
  });

  constructor(
    readonly anchor: HTMLElement,
    private readonly options: PopoverOptions,
  ) {
    const active = document.activeElement;
    const isElsewhere = active instanceof HTMLElement && active !== document.body;
    this.opener = isElsewhere ? active : anchor;
    this.panel = element('div', `popover ${options.className ?? ''}`.trim(), {
      role: options.role,
      'aria-label': options.label,
      tabindex: -1,
    });
    this.update();
    kOpen.set(this.panel, this);
    // A dialog is above everything else: what opens inside it has to be part of it. Elsewhere it belongs to its landmark.
    const home = anchor.closest('dialog') ?? anchor.closest('main, header, nav, aside, footer');
    (home ?? document.body).append(this.panel);
    if (anchor instanceof HTMLButtonElement) anchor.setAttribute('aria-expanded', 'true');
    this.place();
    this.sizes.observe(this.panel);
    this.listen();
    this.focusFirst();
  }

  update(): void {
    render(
      this.options.render(() => this.close()),
      this.panel,
    );
  }

  close(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    const hadFocus = this.panel.contains(document.activeElement);
    this.abort.abort();
    this.sizes.disconnect();
    this.panel.remove();
    if (this.anchor instanceof HTMLButtonElement)
      this.anchor.setAttribute('aria-expanded', 'false');
    if (hadFocus) (this.opener.isConnected ? this.opener : this.anchor).focus();
    this.options.onClose?.();
  }

  private holds(target: Node): boolean {
    if (this.panel.contains(target)) return true;
    const panel = (target instanceof Element ? target : target.parentElement)?.closest('.popover');
    const over = panel ? kOpen.get(panel) : undefined;
    return over !== undefined && over !== this && this.holds(over.anchor);
  }

  place(): void {
    const at = (this.options.beside ?? this.anchor).getBoundingClientRect();
    const { style } = this.panel;
    if (this.options.matchWidth) style.minWidth = `${at.width}px`;
    const { offsetWidth: width, offsetHeight: height } = this.panel;
    // The output stays in view, whatever opens beside it.
    const strip = this.anchor.closest('aside') ? null : document.querySelector('.master');
    const edge = (strip?.getBoundingClientRect().left ?? innerWidth) - kEdge;
    const isLeft = at.left + width <= edge;
    const left = isLeft ? at.left : Math.max(kEdge, at.right - width);
    const fitsBelow = at.bottom + 6 + height <= innerHeight - kEdge;
    const top = fitsBelow ? at.bottom + 6 : Math.max(kEdge, at.top - 6 - height);
    style.left = `${Math.max(kEdge, Math.min(left, edge - width))}px`;
    style.top = `${Math.min(top, Math.max(kEdge, innerHeight - height - kEdge))}px`;
  }

  private listen(): void {
    const { signal } = this.abort;
    document.addEventListener(
      'pointerdown',
      (event) => {
        const target = event.target as Node;
        if (!this.holds(target) && !this.anchor.contains(target)) this.close();
      },
      { signal, capture: true },
    );
    addEventListener('resize', () => this.place(), { signal });
    // What comes later, or is searched for, must not leave the screen or hang in the air.
    const observer = new ResizeObserver(() => this.place());
    observer.observe(this.panel);
    signal.addEventListener('abort', () => observer.disconnect());
    this.panel.addEventListener('keydown', (event) => this.key(event), { signal });
    this.anchor.addEventListener(
      'keydown',
      (event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        this.close();
      },
      { signal },
    );
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    } else if (event.key === 'Tab' && this.options.role !== 'dialog') {
      this.close();
    } else if (['ArrowDown', 'ArrowUp', 'Home', 'End'].includes(event.key)) {
      if (moveFocus(this.panel, kItems, event.key)) event.preventDefault();
    }
  }

  private focusFirst(): void {
    const first =
      this.panel.querySelector<HTMLElement>('[aria-selected="true"],[aria-checked="true"]') ??
      this.panel.querySelector<HTMLElement>(kItems);
    (this.options.role === 'dialog' ? this.panel : (first ?? this.panel)).focus();
  }
}

export const openPopover = (anchor: HTMLElement, options: PopoverOptions): Popover =>
  new Popover(anchor, options);

/** Moves the focus among the matching elements; false if none of them has it. */
export function moveFocus(within: HTMLElement, selector: string, key: string): boolean {
  const items = [...within.querySelectorAll<HTMLElement>(selector)];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0 || !items.length) return false;
  const last = items.length - 1;
  const isBack = key === 'ArrowUp' || key === 'ArrowLeft';
  const to =
    key === 'Home'
      ? 0
      : key === 'End'
        ? last
        : isBack
          ? at === 0
            ? last
            : at - 1
          : at === last
            ? 0
            : at + 1;
  items[to]?.focus();
  return true;
}

/** Opens below its button, or closes what that button has open. */
export class PopoverButton {
  private open: Popover | undefined;

  toggle(anchor: HTMLElement, options: PopoverOptions): void {
    if (this.open) {
      this.open.close();
      return;
    }
    this.open = new Popover(anchor, {
      ...options,
      onClose: () => {
        this.open = undefined;
        options.onClose?.();
      },
    });
  }
  update(): void {
    this.open?.update();
  }
  close(): void {
    this.open?.close();
  }
  get isOpen(): boolean {
    return this.open !== undefined;
  }
}
