// SPDX-License-Identifier: MIT
// The wire through the rack: along each row, around the end of it, into the next. Pure geometry.
import type { Box } from './reorder.ts';

/** Where a card's ports are, below its top. */
const kPortY = 20;
const kBend = 8;

export interface Wiring {
  /** One more than there are cards. */
  readonly wires: readonly string[];
  readonly ports: readonly { readonly x: number; readonly y: number; readonly wire: number }[];
}

/** `gap` is the space beside the cards, `width` the whole width. */
export function rackWiring(boxes: readonly Box[], width: number, rowGap: number): Wiring {
  const wires: string[] = [];
  const ports: { x: number; y: number; wire: number }[] = [];
  for (const [i, box] of boxes.entries()) {
    const y = box.top + kPortY;
    const before = boxes[i - 1];
    if (!before) wires.push(`M0 ${y}H${box.left}`);
    else if (before.top === box.top) wires.push(`M${before.left + before.width} ${y}H${box.left}`);
    else wires.push(turn(before, box, rowGap));
    ports.push({ x: box.left, y, wire: i }, { x: box.left + box.width, y, wire: i + 1 });
  }
  const last = boxes.at(-1);
  if (last) wires.push(`M${last.left + last.width} ${last.top + kPortY}H${width}`);
  return { wires, ports };
}

/** Out of one row's end, back between the rows, into the next row's beginning. */
function turn(from: Box, to: Box, rowGap: number): string {
  const right = from.left + from.width;
  const y = from.top + kPortY;
  const down = to.top + kPortY;
  const between = to.top - rowGap / 2;
  return (
    `M${right} ${y}h4a${kBend} ${kBend} 0 0 1 ${kBend} ${kBend}V${between - kBend}` +
    `a${kBend} ${kBend} 0 0 1 ${-kBend} ${kBend}H${to.left - 4}a${kBend} ${kBend} 0 0 0 ${-kBend} ${kBend}` +
    `V${down - kBend}a${kBend} ${kBend} 0 0 0 ${kBend} ${kBend}h4`
  );
}

/** On a phone: short pieces between the rows, below the handles. */
export function listWiring(boxes: readonly Box[]): Wiring {
  const x = (box: Box) => box.left + 21.5;
  const wires = boxes.map((box, i) => {
    const before = boxes[i - 1];
    return before
      ? `M${x(box)} ${before.top + before.height}V${box.top}`
      : `M${x(box)} ${box.top - 10}V${box.top}`;
  });
  const last = boxes.at(-1);
  if (last) wires.push(`M${x(last)} ${last.top + last.height}v10`);
  return { wires, ports: [] };
}
