// SPDX-License-Identifier: MIT
// Puts into words what changed in the rig, whoever changed it: a hand, a key, undo, another person.
import type { App } from './app.ts';

interface Seen {
  readonly doc: unknown;
  readonly nodes: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly bypassed: ReadonlySet<string>;
}
/** More at once is a rig that was loaded, of which a toast tells. */
const kMaxSentences = 2;

export function changesInWords(before: Seen, after: Seen): string[] {
  const name = (id: string) => after.labels.get(id) ?? before.labels.get(id) ?? '';
  const place = (id: string) => `place ${after.nodes.indexOf(id) + 1} of ${after.nodes.length}`;
  const added = after.nodes.filter((id) => !before.nodes.includes(id));
  const removed = before.nodes.filter((id) => !after.nodes.includes(id));
  const switched = after.nodes.filter(
    (id) => !added.includes(id) && before.bypassed.has(id) !== after.bypassed.has(id),
  );
  return [
    ...removed.map((id) => `${name(id)} removed`),
    ...added.map((id) => `${name(id)} added, ${place(id)}`),
    ...switched.map((id) => `${name(id)} ${after.bypassed.has(id) ? 'bypassed' : 'switched on'}`),
  ];
}

export function narrate(app: App): void {
  const { session, announcer, shell, takes, keeper } = app;
  const look = (): Seen => {
    const { nodes } = session.chain;
    return {
      doc: session.doc,
      nodes,
      labels: new Map(nodes.map((id) => [id, session.labelOf(id)])),
      bypassed: new Set(nodes.filter((id) => session.node(id)?.bypass === true)),
    };
  };
  let seen = look();
  let told = '';
  session.on('project', () => {
    const before = seen;
    seen = look();
    if (before.doc !== seen.doc) {
      announcer.say(`${session.name} opened, ${seen.nodes.length} modules`);
      return;
    }
    const words = changesInWords(before, seen);
    if (words.length > kMaxSentences) return;
    // A toast that says the same is read out by itself; it comes after this change.
    setTimeout(() => {
      const shown = new Set(shell.toasts.map(({ text }) => text));
      for (const text of words) if (!shown.has(text)) announcer.say(text);
    });
  });

  session.on('moved', ({ nodeId }) => {
    const { nodes } = session.chain;
    const place = nodes.indexOf(nodeId) + 1;
    announcer.say(`${session.labelOf(nodeId)} moved to place ${place} of ${nodes.length}`);
  });
  session.on('stepped', ({ isBack, label }) =>
    announcer.say(`${isBack ? 'Undone' : 'Redone'}: ${label}`),
  );

  let recording = false;
  takes.on('change', () => {
    const isOn = takes.recordingSince !== undefined;
    if (isOn === recording) return;
    recording = isOn;
    announcer.say(isOn ? 'Recording started' : 'Recording stopped');
  });
  keeper.on('change', () => {
    // Once for a project: it is kept every few seconds.
    if (keeper.state !== 'saved' || told === session.id) return;
    told = session.id;
    announcer.say('Saved on this device');
  });
}
