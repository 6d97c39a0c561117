// SPDX-License-Identifier: MIT
// Where a dragged card would land; no elements here.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
const middle = (box: Box) => ({ x: box.left + box.width / 2, y: box.top + box.height / 2 });

/** Distance from a point to a box, 0 inside. */
function distance(box: Box, x: number, y: number): number {
  const dx = Math.max(box.left - x, 0, x - box.left - box.width);
  const dy = Math.max(box.top - y, 0, y - box.top - box.height);
  return Math.hypot(dx, dy);
}

/**
 * Index among the other cards (those in `boxes` without the dragged one). The nearest card decides, and on which half of
 * it the pointer is: across in rows, down in a list.
 */
export function dropIndex(
  boxes: readonly Box[],
  dragged: number,
  point: { readonly x: number; readonly y: number },
  isList: boolean,
): number {
  const others = boxes.filter((_, i) => i !== dragged);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, box] of others.entries()) {
    const d = distance(box, point.x, point.y);
    if (d >= least) continue;
    least = d;
    const centre = middle(box);
    best = (isList ? point.y > centre.y : point.x > centre.x) ? i + 1 : i;
  }
  return best;
}
