// SPDX-License-Identifier: MIT
// <sc-select>: one of several. Event sc-pick {value}.
import { html } from 'lit';
import { Panel } from './dom.ts';
import { icon, type IconName } from './icons.ts';
import { PopoverButton } from './popover.ts';

declare global {
  interface HTMLElementTagNameMap {
    'sc-select': ScSelect;
  }
  interface HTMLElementEventMap {
    'sc-pick': CustomEvent<{ readonly value: string }>;
  }
}
export interface Option {
  readonly value: string;
  readonly label: string;
  readonly fact?: string;
}

export class ScSelect extends Panel {
  static override properties = {
    options: { attribute: false },
    value: {},
    label: {},
    symbol: {},
  };
  declare options: readonly Option[];
  declare value: string;
  declare label: string;
  declare symbol: IconName | '';
  private readonly list = new PopoverButton();

  constructor() {
    super();
    this.options = [];
    this.value = '';
    this.label = '';
    this.symbol = '';
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.list.close();
  }

  private pick(value: string): void {
    this.value = value;
    this.list.close();
    this.dispatchEvent(new CustomEvent('sc-pick', { bubbles: true, detail: { value } }));
  }

  private open(event: Event): void {
    this.list.toggle(event.currentTarget as HTMLElement, {
      role: 'listbox',
      label: this.label,
      matchWidth: true,
      render: () =>
        html`${this.options.map(
          (option) =>
            html`<button
              class="list-row"
              role="option"
              aria-selected=${option.value === this.value}
              @click=${() => this.pick(option.value)}
            >
              <span class="name">${option.label}</span>
              ${option.fact ? html`<span class="fact">${option.fact}</span>` : ''}
            </button>`,
        )}`,
    });
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    if (!this.list.isOpen) this.open(event);
  }

  override render() {
    const shown = this.options.find((option) => option.value === this.value);
    return html`<button
      class="select"
      aria-haspopup="listbox"
      aria-expanded="false"
      aria-label=${`${this.label}: ${shown?.label ?? 'none'}`}
      @click=${(event: Event) => this.open(event)}
      @keydown=${(event: KeyboardEvent) => this.key(event)}
    >
      ${this.symbol ? icon(this.symbol, 14) : ''}<span class="name">${shown?.label ?? '– –'}</span
      >${icon('down', 14)}
    </button>`;
  }
}
customElements.define('sc-select', ScSelect);
