// SPDX-License-Identifier: MIT
// What the app says: banners that stay until they are dealt with, toasts that go by themselves.
import type { BannerContent } from '../ui/parts.ts';
import { Emitter } from './emitter.ts';

export interface Toast {
  readonly text: string;
  readonly action?: {
    readonly label: string;
    readonly run: () => void;
    /** What it takes back is no step of the project: an edit does not end the offer. */
    readonly outlastsEdits?: boolean;
  };
}
/** Stays until it is pressed or put away. */
export interface Offer extends Required<Toast> {
  readonly onClose: () => void;
}
const kToastMs = 5000;

const isAsking = ({ actions }: BannerContent): boolean =>
  actions.some(({ kind }) => kind === 'primary');
const withoutPrimary = (content: BannerContent): BannerContent => ({
  ...content,
  actions: content.actions.map((action) =>
    action.kind === 'primary' ? { ...action, kind: 'plain' } : action,
  ),
});

export class Shell extends Emitter<{ change: undefined }> {
  readonly banners = new Map<string, BannerContent>();
  readonly offers = new Map<string, Offer>();
  toasts: readonly Toast[] = [];

  /** One banner of a kind at a time. */
  warn(kind: string, content: BannerContent): void {
    this.banners.set(kind, { ...content, onClose: content.onClose ?? (() => this.settle(kind)) });
    this.emit('change', undefined);
  }
  /** A banner has something to press: that is the primary action then, of all that is in view. */
  get hasPrimary(): boolean {
    return [...this.banners.values()].some(isAsking);
  }
  /** Oldest first. Of several that have something to press the newest is the one that comes first. */
  get shownBanners(): readonly BannerContent[] {
    const all = [...this.banners.values()];
    const newest = all.findLast(isAsking);
    return all.map((content) => (content === newest ? content : withoutPrimary(content)));
  }
  settle(kind: string): void {
    if (this.banners.delete(kind)) this.emit('change', undefined);
  }

  say(text: string, action?: Toast['action']): void {
    const toast: Toast = action ? { text, action } : { text };
    // One is enough to read, and only the last step can be undone.
    this.toasts = [toast];
    this.emit('change', undefined);
    setTimeout(() => this.unsay(toast), kToastMs);
  }
  /** One offer of a kind at a time; undefined takes it back. */
  offer(kind: string, offer: Offer | undefined): void {
    if (this.offers.get(kind) === offer) return;
    if (offer) this.offers.set(kind, offer);
    else this.offers.delete(kind);
    this.emit('change', undefined);
  }

  /** What they offered to take back is no longer the last step. */
  dropActions(): void {
    for (const toast of this.toasts) {
      if (toast.action && !toast.action.outlastsEdits) this.unsay(toast);
    }
  }
  unsay(toast: Toast): void {
    if (!this.toasts.includes(toast)) return;
    this.toasts = this.toasts.filter((other) => other !== toast);
    this.emit('change', undefined);
  }
}
