// SPDX-License-Identifier: MIT
export const kFamilies = [
  'drive',
  'amp',
  'dynamics',
  'filter',
  'modulation',
  'space',
  'instrument',
  'utility',
] as const;
export type Family = (typeof kFamilies)[number];

export const kFamilyNames: Readonly<Record<Family, string>> = {
  drive: 'Drive',
  amp: 'Amp, cabinet',
  dynamics: 'Dynamics',
  filter: 'EQ, filter',
  modulation: 'Modulation',
  space: 'Delay, reverb',
  instrument: 'Instrument',
  utility: 'Utility',
};

export const familyOf = (category: string): Family =>
  kFamilies.find((family) => family === category) ?? 'utility';
export const familyColour = (family: Family) => `var(--fam-${family})`;
