// SPDX-License-Identifier: MIT
// Small parts as templates: what needs no state of its own.
import { html, nothing, type TemplateResult } from 'lit';
import { icon, type IconName } from './icons.ts';
import { moveFocus } from './popover.ts';

export interface IconButtonOptions {
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly className?: string;
  readonly size?: number;
  readonly title?: string;
  readonly popup?: boolean;
}

export const iconButton = (
  name: IconName,
  label: string,
  onClick: (event: Event) => void,
  options: IconButtonOptions = {},
): TemplateResult =>
  html`<button
    class=${`icon-button ${options.className ?? ''}`}
    aria-label=${label}
    title=${options.title ?? label}
    aria-pressed=${options.pressed === undefined ? nothing : options.pressed}
    aria-haspopup=${options.popup ? 'true' : nothing}
    aria-expanded=${options.popup ? 'false' : nothing}
    ?disabled=${options.disabled ?? false}
    @click=${onClick}
  >
    ${icon(name, options.size ?? 16)}
  </button>`;

export interface Segment<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly symbol?: IconName;
}

/** One of a few, all in view: a radio group; the arrow keys move the choice. */
export function segments<T extends string>(
  label: string,
  options: readonly Segment<T>[],
  chosen: T,
  onPick: (value: T) => void,
): TemplateResult {
  const key = (event: KeyboardEvent) => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    moveFocus(event.currentTarget as HTMLElement, '[role="radio"]', event.key);
    (document.activeElement as HTMLElement).click();
  };
  return html`<div class="segments" role="radiogroup" aria-label=${label} @keydown=${key}>
    ${options.map(
      ({ value, label: text, symbol }) =>
        html`<button
          role="radio"
          aria-checked=${value === chosen}
          tabindex=${value === chosen ? 0 : -1}
          @click=${() => onPick(value)}
        >
          ${symbol ? icon(symbol, 14) : nothing}${text}
        </button>`,
    )}
  </div>`;
}

export const toggle = (
  label: string,
  isOn: boolean,
  onChange: (isOn: boolean) => void,
): TemplateResult =>
  html`<button class="toggle" role="switch" aria-checked=${isOn} @click=${() => onChange(!isOn)}>
    ${label}<span class="track"></span>
  </button>`;

export interface MenuItemFacts {
  /** In small letters behind it. */
  readonly fact?: string;
  readonly key?: string;
  /** It is seen, and does nothing. */
  readonly isOff?: boolean;
}
/** Of a menu in a popover, which `close` closes. */
export const menuItem = (
  close: () => void,
  symbol: IconName,
  text: string,
  run: () => void,
  { fact = '', key = '', isOff = false }: MenuItemFacts = {},
): TemplateResult =>
  html`<button
    class="list-row"
    role="menuitem"
    aria-disabled=${isOff ? 'true' : nothing}
    @click=${() => {
      if (isOff) return;
      close();
      run();
    }}
  >
    ${icon(symbol)}<span class="name">${text}</span
    >${fact ? html`<span class="fact">${fact}</span>` : nothing}${
      key ? html`<span class="fact key">${key}</span>` : nothing
    }
  </button>`;

export interface BannerAction {
  readonly label: string;
  readonly run: () => void;
  readonly kind?: 'primary' | 'plain' | 'quiet';
}
export interface BannerContent {
  readonly tone: 'clip' | 'hot' | 'plain';
  readonly symbol: IconName;
  readonly sentence: string;
  readonly kept?: string;
  readonly actions: readonly BannerAction[];
  readonly onClose?: () => void;
}

export const banner = (content: BannerContent): TemplateResult =>
  html`<div class=${`banner ${content.tone}`} role=${content.tone === 'clip' ? 'alert' : 'status'}>
    ${icon(content.symbol, 20)}
    <div class="words">
      <div class="strong">${content.sentence}</div>
      ${content.kept ? html`<div class="small soft">${content.kept}</div>` : nothing}
    </div>
    ${content.actions.map(
      ({ label, run, kind }) =>
        html`<button
          class=${`button ${kind === 'primary' ? 'primary' : kind === 'quiet' ? 'quiet-button' : ''}`}
          @click=${run}
        >
          ${label}
        </button>`,
    )}
    ${content.onClose ? iconButton('close', 'Close', content.onClose) : nothing}
  </div>`;
