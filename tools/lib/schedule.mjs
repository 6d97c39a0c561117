// SPDX-License-Identifier: MIT
// Runs phases as soon as what they need is done and enough cores are free, in the order they are listed.

/**
 * A phase is { name, needs: [names], cores, run }. `run` gives counts { passed, failed, skipped } and may throw, which
 * counts as one failure. What needs a broken phase is not run. `report(phase, outcome)` hears of each phase's end.
 */
export function runPhases(phases, coreCount, report) {
  const outcomes = new Map();
  const started = new Set();
  let freeCores = coreCount;

  return new Promise((resolve) => {
    const finish = (phase, outcome) => {
      outcomes.set(phase.name, outcome);
      report(phase, outcome);
    };
    const start = async (phase, cores) => {
      started.add(phase);
      freeCores -= cores;
      const begin = Date.now();
      let outcome;
      try {
        outcome = { passed: 0, failed: 0, skipped: 0, ...(await phase.run()) };
      } catch (error) {
        outcome = {
          passed: 0,
          failed: 1,
          skipped: 0,
          broken: true,
          detail: String(error.message ?? error),
        };
      }
      freeCores += cores;
      finish(phase, { ...outcome, seconds: (Date.now() - begin) / 1000 });
      advance();
    };
    const advance = () => {
      for (const phase of phases) {
        if (started.has(phase)) continue;
        const needs = phase.needs ?? [];
        const broken = needs.find((name) => outcomes.get(name)?.broken);
        if (broken) {
          started.add(phase);
          finish(phase, {
            passed: 0,
            failed: 0,
            skipped: 0,
            broken: true,
            notRunBecause: broken,
            seconds: 0,
          });
          advance();
          return;
        }
        if (!needs.every((name) => outcomes.has(name))) continue;
        const cores = Math.min(phase.cores ?? 1, coreCount);
        if (cores > freeCores) {
          // A phase that wants every core must not starve behind small ones that came later.
          if (cores === coreCount) return;
          continue;
        }
        start(phase, cores);
      }
      if (outcomes.size === phases.length) resolve(outcomes);
    };
    advance();
  });
}

/** The phases of these names and all that they need, in the original order. */
export function withNeeds(phases, names) {
  const byName = new Map(phases.map((phase) => [phase.name, phase]));
  const wanted = new Set();
  const want = (name) => {
    const phase = byName.get(name);
    if (!phase) throw new Error(`no phase '${name}'; there are: ${[...byName.keys()].join(', ')}`);
    if (wanted.has(phase)) return;
    wanted.add(phase);
    (phase.needs ?? []).forEach(want);
  };
  names.forEach(want);
  return phases.filter((phase) => wanted.has(phase));
}
