// SPDX-License-Identifier: MIT
// How well a few typed letters fit a name: all of them in order, better at the beginnings of words and side by side.

const kStart = 8;
const kBeside = 10;
const kLetter = 1;

const isStart = (text: string, at: number) => at === 0 || /[\s\-/,.]/.test(text[at - 1] ?? '');

/** Best value of fitting query[q..] into text[t..]; `beside`: query[q - 1] stands at text[t - 1]. */
function best(query: string, text: string): number {
  let row = Array.from({ length: text.length + 1 }, () => 0);
  // Values of the same row where the letter before is taken right before: only then does "beside" count.
  let joined = row;
  for (let q = query.length - 1; q >= 0; q -= 1) {
    const next: number[] = Array.from({ length: text.length + 1 }, () => Number.NEGATIVE_INFINITY);
    const nextJoined = [...next];
    for (let t = text.length - 1; t >= 0; t -= 1) {
      const later = next[t + 1] ?? Number.NEGATIVE_INFINITY;
      if (query[q] !== text[t]) {
        next[t] = later;
        nextJoined[t] = later;
        continue;
      }
      const value = kLetter + (isStart(text, t) ? kStart : 0) + (joined[t + 1] ?? 0);
      next[t] = Math.max(later, value);
      nextJoined[t] = Math.max(later, value + kBeside);
    }
    row = next;
    joined = nextJoined;
  }
  return row[0] ?? Number.NEGATIVE_INFINITY;
}

/** 0 where it does not fit; the larger the better. Every word of the query has to be found, in any order. */
export function fuzzyScore(query: string, name: string): number {
  const text = name.toLowerCase();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  let sum = 0;
  for (const word of words) {
    const score = best(word, text);
    if (score <= 0) return 0;
    sum += score;
  }
  // Of two that fit alike, the shorter name is nearer to what was typed.
  return words.length ? sum + 1 / (1 + text.length) : 1;
}

/** Those that fit, best first; equal ones stay in their order. */
export function fuzzySorted<T>(items: readonly T[], query: string, text: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, score: fuzzyScore(query, text(item)) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ item }) => item);
}
