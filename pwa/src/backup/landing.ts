// SPDX-License-Identifier: MIT

/** How something of a backup came: it was not here, it was here just so, or it stands beside what differs. */
export type How = 'added' | 'same' | 'copied';
export type Landing = Readonly<Record<How, number>>;

export function countOf(hows: Iterable<How>): Landing {
  const landing = { added: 0, same: 0, copied: 0 };
  for (const how of hows) landing[how] += 1;
  return landing;
}
