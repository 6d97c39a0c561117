// SPDX-License-Identifier: MIT
// Hears a loudspeaker howl into its microphone. Works on the levels that the meters get, so it knows no frequency; but a
// howl is one tone, and one tone has a crest (peak over RMS) near 3 dB, or less when it clips, while a guitar's is 8 dB
// and more and falls off after each stroke. Two signs, each with a low crest throughout:
//   growth    the level climbs, report by report, by 12 dB
//   standing  the level is high and does not move for 1.2 s

export interface FeedbackReport {
  readonly peakDb: number;
  readonly rmsDb: number;
  readonly atMs: number;
}
interface Run {
  readonly beginMs: number;
  readonly beginDb: number;
}
export interface FeedbackState {
  /** Since when, and from which level, it has been one tone that climbs. */
  readonly climb: Run | undefined;
  readonly climbSteps: number;
  /** Since when it has been one loud tone that stands. */
  readonly stand: Run | undefined;
  readonly lastDb: number;
  readonly isHowling: boolean;
}
export const kQuiet: FeedbackState = {
  climb: undefined,
  climbSteps: 0,
  stand: undefined,
  lastDb: Number.NEGATIVE_INFINITY,
  isHowling: false,
};

const kToneCrestDb = 4.5;
const kClimbDb = 12;
const kClimbSteps = 5;
const kClimbLoudDb = -24;
const kStandDb = -15;
const kStandSpreadDb = 1;
const kStandMs = 1200;

export function stepFeedback(state: FeedbackState, report: FeedbackReport): FeedbackState {
  const { peakDb, rmsDb, atMs } = report;
  const isTone = peakDb - rmsDb < kToneCrestDb && rmsDb > -60;
  if (!isTone) return { ...kQuiet, lastDb: rmsDb };
  const here: Run = { beginMs: atMs, beginDb: rmsDb };
  const isRising = rmsDb > state.lastDb + 0.3;
  const climb = isRising ? (state.climb ?? here) : undefined;
  const climbSteps = isRising ? state.climbSteps + 1 : 0;
  const standsStill =
    state.stand !== undefined && Math.abs(rmsDb - state.stand.beginDb) <= kStandSpreadDb;
  const stand = rmsDb < kStandDb ? undefined : standsStill ? state.stand : here;
  const grew =
    climb !== undefined &&
    climbSteps >= kClimbSteps &&
    rmsDb - climb.beginDb >= kClimbDb &&
    rmsDb >= kClimbLoudDb;
  const stood = stand !== undefined && atMs - stand.beginMs >= kStandMs;
  return { climb, climbSteps, stand, lastDb: rmsDb, isHowling: grew || stood };
}
