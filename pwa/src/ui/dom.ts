// SPDX-License-Identifier: MIT
import { LitElement } from 'lit';

/** Panels draw into the page itself: one set of styles, labels that reach across, nothing hidden from assistive tools. */
export class Panel extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

const kSvg = 'http://www.w3.org/2000/svg';

export function svgElement<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string | number>> = {},
): SVGElementTagNameMap[K] {
  const element = document.createElementNS(kSvg, name);
  setAttributes(element, attributes);
  return element;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  className = '',
  attributes: Readonly<Record<string, string | number>> = {},
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  if (className) made.className = className;
  setAttributes(made, attributes);
  return made;
}

export function setAttributes(
  target: Element,
  attributes: Readonly<Record<string, string | number>>,
): void {
  for (const [name, value] of Object.entries(attributes)) {
    const text = String(value);
    if (target.getAttribute(name) !== text) target.setAttribute(name, text);
  }
}
