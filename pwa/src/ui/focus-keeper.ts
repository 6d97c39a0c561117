// SPDX-License-Identifier: MIT
// When what has the focus is taken away, browsers forget where it was. Here it goes on beside it, or back to where it
// was before; whoever moves the focus knowingly comes first. Only for keys: with a pointer nothing has to be found again.

const kTabbable =
  'button:not(:disabled), input:not(:disabled), a[href], [tabindex]:not([tabindex="-1"])';
/** Too large to say what is beside something in it. */
const kLarge = 'body, main, dialog, sc-app, sc-rack-screen, sc-first';
const kRemembered = 8;

/** Where something stands: its parent, and how many stand before it. */
interface Place {
  readonly parent: Element;
  readonly index: number;
}

function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  let at = element;
  for (let parent = at.parentElement; parent; parent = at.parentElement) {
    places.push({ parent, index: [...parent.children].indexOf(at) });
    if (parent.matches(kLarge)) break;
    at = parent;
  }
  return places;
}

const isIn = (element: Element): boolean =>
  element.isConnected && element.checkVisibility?.({ visibilityProperty: true }) !== false;

/** Whether it took the focus: below an open dialog nothing does. */
function focus(element: HTMLElement | undefined | null): boolean {
  if (!element || !isIn(element)) return false;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}

function firstIn(element: Element | undefined): HTMLElement | undefined {
  if (!element) return undefined;
  if (element instanceof HTMLElement && element.matches(kTabbable)) return element;
  return [...element.querySelectorAll<HTMLElement>(kTabbable)].find(isIn);
}

/** What took its place, what is before it, or what else there is in the smallest that is still there. */
function focusBeside(places: readonly Place[]): boolean {
  for (const { parent, index } of places) {
    if (!parent.isConnected) continue;
    if (parent.matches(kLarge)) return false;
    const around = [parent.children[index], parent.children[index - 1], parent];
    if (around.some((element) => focus(firstIn(element ?? undefined)))) return true;
  }
  return false;
}

export function keepFocus(root: HTMLElement): void {
  let recent: HTMLElement[] = [];
  let places: Place[] = [];
  let byKeys = false;
  let isLooking = false;

  addEventListener('keydown', () => (byKeys = true), { capture: true });
  addEventListener('pointerdown', () => (byKeys = false), { capture: true });
  addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement)) return;
    recent = [target, ...recent.filter((other) => other !== target)].slice(0, kRemembered);
    places = placesOf(target);
  });

  const isLost = () => {
    const { activeElement } = document;
    return (!activeElement || activeElement === document.body) && recent[0]?.isConnected === false;
  };
  const find = () => {
    isLooking = false;
    if (!isLost()) return;
    const before = recent.slice(1).filter(isIn);
    const dialog = document.querySelector('dialog[open]');
    const last = [
      dialog,
      document.querySelector('.card[tabindex="0"]'),
      document.querySelector('main'),
    ];
    if (focusBeside(places) || before.some(focus)) return;
    last.some((element) => focus(firstIn(element ?? undefined)));
  };
  // Who moves it knowingly does so when the page is drawn anew.
  const look = () => requestAnimationFrame(() => requestAnimationFrame(find));
  new MutationObserver(() => {
    if (isLooking || !byKeys || !isLost()) return;
    isLooking = true;
    look();
  }).observe(root, { childList: true, subtree: true });
}
