// SPDX-License-Identifier: MIT
// A small copy of the module tables, so that the app can be drawn without a build of the engine.
import type { ModuleMeta, ParamMeta, PortMeta } from '../src/model/engine-port.ts';

const audio = (id: string, direction: 'in' | 'out', role: PortMeta['role'] = 'main'): PortMeta => ({
  id,
  direction,
  signal: 'audio',
  role,
  width: 'follow',
});

/** "id Label unit min max default [log]" or "id Label = a|b|c" */
function row(text: string): ParamMeta {
  const common = { structural: false, audioRate: false };
  const [left = '', right] = text.split(' = ');
  const words = left.split(' ');
  const id = words[0] ?? '';
  if (right !== undefined) {
    const choices = right.split('|');
    const label = words.slice(1).join(' ');
    return {
      id,
      label,
      unit: '',
      min: 0,
      max: choices.length - 1,
      default: 0,
      curve: 'linear',
      choices,
      ...common,
    };
  }
  const [, label = '', unit = '', min, max, fallback, curve] = words;
  return {
    id,
    label: label.replaceAll('_', ' '),
    unit: unit === '-' ? '' : unit,
    min: Number(min),
    max: Number(max),
    default: Number(fallback),
    curve: curve === 'log' ? 'logarithmic' : 'linear',
    ...common,
  };
}

function module(
  id: string,
  label: string,
  category: string,
  rows: readonly string[],
  rest: Partial<ModuleMeta> = {},
): ModuleMeta {
  return {
    id,
    label,
    category,
    summary: `${label}.`,
    role: 'effect',
    ports: [audio('in', 'in'), audio('out', 'out')],
    params: rows.map(row),
    assets: [],
    readings: [],
    latencyFrames: 0,
    ...rest,
  };
}

const bands = [40, 100, 250, 600, 1500, 3500, 8000, 16000].flatMap((hz, i) => [
  `b${i + 1}Type ${i + 1} Type = bell|low-shelf|high-shelf|low-cut|high-cut|notch|off`,
  `b${i + 1}Freq ${i + 1}_Freq Hz 20 20000 ${hz} log`,
  `b${i + 1}Gain ${i + 1}_Gain dB -24 24 0`,
  `b${i + 1}Q ${i + 1}_Q - 0.1 40 1 log`,
]);

export const kModules: readonly ModuleMeta[] = [
  module(
    'input',
    'Input',
    'utility',
    ['gain Gain dB -24 24 0', 'channel Channel = left|right|both|stereo'],
    {
      role: 'endpoint',
      ports: [audio('device', 'in', 'device'), audio('out', 'out')],
    },
  ),
  module('output', 'Output', 'utility', ['level Level dB -80 12 0'], {
    role: 'endpoint',
    ports: [audio('in', 'in'), audio('device', 'out', 'device')],
  }),
  module('gate', 'Gate', 'dynamics', [
    'threshold Threshold dB -80 0 -55',
    'attack Attack ms 0.05 100 1 log',
    'hold Hold ms 1 1000 40 log',
    'release Release ms 5 2000 150 log',
    'range Range dB -80 0 -80',
  ]),
  module('compressor', 'Compressor', 'dynamics', [
    'threshold Threshold dB -60 0 -24',
    'ratio Ratio :1 1 20 4 log',
    'attack Attack ms 0.1 500 10 log',
    'release Release ms 2 2000 100 log',
    'knee Knee dB 0 24 6',
    'makeup Makeup dB -12 24 0',
    'mix Mix % 0 100 100',
  ]),
  module('overdrive', 'Overdrive', 'drive', [
    'drive Drive % 0 100 50',
    'tone Tone % 0 100 50',
    'level Level dB -24 24 0',
  ]),
  module('amp-crunch', 'Amp crunch', 'amp', [
    'gain Gain - 0 10 5',
    'bass Bass - 0 10 5',
    'middle Middle - 0 10 5',
    'treble Treble - 0 10 5',
    'presence Presence - 0 10 5',
    'sag Sag % 0 100 30',
    'master Master - 0 10 4',
  ]),
  module(
    'cabinet',
    'Cabinet',
    'amp',
    [
      'speaker Speaker = 1x12-open|2x12-open|4x12-closed|8x10-bass',
      'microphone Microphone = dynamic|ribbon|condenser',
      'distance Distance cm 1 100 3 log',
      'axis Axis % 0 100 20',
      'lowCut Low_cut Hz 20 500 20 log',
      'highCut High_cut Hz 1000 20000 20000 log',
      'level Level dB -24 24 0',
      'mix Mix % 0 100 100',
    ],
    { assets: [{ id: 'response', kind: 'audio/ir' }] },
  ),
  module('delay', 'Delay', 'space', [
    'time Time ms 1 2000 375 log',
    'feedback Feedback % 0 110 42',
    'wow Wow % 0 100 12',
    'duck Duck % 0 100 30',
    'mix Mix % 0 100 24',
  ]),
  module('reverb', 'Reverb', 'space', [
    'decay Decay s 0.1 20 1.8 log',
    'damping Damp Hz 500 16000 5200 log',
    'mix Mix % 0 100 18',
  ]),
  module('parametric-eq', 'Parametric EQ', 'filter', [...bands, 'output Output dB -24 24 0']),
  module('gain', 'Gain', 'utility', ['gain Gain dB -80 24 0']),
  module('pan', 'Pan', 'utility', ['pan Pan % -100 100 0']),
  module('tuner', 'Tuner', 'utility', [], {
    readings: [
      { id: 'frequency', unit: 'Hz', count: 1 },
      { id: 'cents', unit: 'cents', count: 1 },
    ],
  }),
  module('clip', 'Clip', 'utility', ['level Level dB -80 24 0', 'loop Loop = off|on'], {
    role: 'source',
    ports: [audio('out', 'out')],
    assets: [{ id: 'audio', kind: 'audio/clip' }],
  }),
];
