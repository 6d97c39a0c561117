// SPDX-License-Identifier: MIT
// Which module has the focus, and how it gets it.
import type { App } from '../model/app.ts';
import type { ScCard } from './card.ts';
import type { ScRack } from './rack.ts';

export const cardElement = (nodeId: string): HTMLElement | null =>
  document.querySelector(`sc-rack li[data-node="${CSS.escape(nodeId)}"] .card`);

/** The same, as soon as it is drawn: cards take turns. */
export async function drawnCard(nodeId: string): Promise<HTMLElement | null> {
  await document.querySelector<ScRack>('sc-rack')?.updateComplete;
  const place = document.querySelector(`sc-rack li[data-node="${CSS.escape(nodeId)}"] sc-card`);
  await (place as ScCard | null)?.updateComplete;
  return cardElement(nodeId);
}

export const nodeOf = (element: Element | null | undefined): string | undefined =>
  element?.closest<HTMLElement>('sc-rack li[data-node]')?.dataset['node'];

/** While a dialog is open: the module that had the focus before it, and gets it back. */
export function focusedNode(app: App): string | undefined {
  const active = document.activeElement;
  return nodeOf(active?.closest('dialog') ? app.dialogs.opener : active);
}

export function focusModule(nodeId: string): void {
  const card = cardElement(nodeId);
  card?.focus();
  card?.scrollIntoView({ block: 'nearest' });
}
