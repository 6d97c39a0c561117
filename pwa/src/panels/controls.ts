// SPDX-License-Identifier: MIT
// The controls of one module, for cards, rows and "All settings".
import { html, nothing, type TemplateResult } from 'lit';
import type { App } from '../model/app.ts';
import type { ParamMeta } from '../model/engine-port.ts';
import type { KnobSize } from '../ui/dial.ts';
import { type KnobEventDetail, ScKnob } from '../ui/knob.ts';
import { choiceLabel } from './card-layout.ts';

export const knob = (
  app: App,
  nodeId: string,
  param: ParamMeta,
  size: KnobSize,
): TemplateResult => {
  const turned = noteLengthFor(app, nodeId, param) ?? param;
  return html`<sc-knob
    size=${size}
    data-param=${turned.id}
    data-node=${nodeId}
    ?bypassed=${app.session.node(nodeId)?.bypass === true}
    .param=${turned}
    .value=${app.session.value(nodeId, turned)}
  ></sc-knob>`;
};

/** The same row each time, so that a knob under a hand stays as it is. */
const noteLengths = new WeakMap<ParamMeta, ParamMeta>();
const kUsual = '1/4';

/** While the tempo sets a time, its knob goes through the lengths of notes. */
function noteLengthFor(app: App, nodeId: string, param: ParamMeta): ParamMeta | undefined {
  if (param.id !== 'time') return undefined;
  const sync = app.session.meta(nodeId).params.find(({ id }) => id === 'sync');
  if (!sync?.choices || sync.choices[app.session.value(nodeId, sync)] === 'free') return undefined;
  let lengths = noteLengths.get(sync);
  if (!lengths) {
    lengths = {
      ...sync,
      label: param.label,
      min: 1,
      default: Math.max(1, sync.choices.indexOf(kUsual)),
      choices: sync.choices.map(choiceLabel),
    };
    noteLengths.set(sync, lengths);
  }
  return lengths;
}

export const choice = (app: App, nodeId: string, param: ParamMeta): TemplateResult =>
  html`<sc-select
    data-param=${param.id}
    .label=${param.label}
    .options=${(param.choices ?? []).map((name, i) => ({
      value: String(i),
      label: choiceLabel(name),
    }))}
    .value=${String(Math.round(app.session.value(nodeId, param)))}
    @sc-pick=${(event: CustomEvent<{ value: string }>) =>
      app.session.mean(nodeId, param.id, Number(event.detail.value))}
  ></sc-select>`;

/** What a module convolves with: one of its own responses, or a file. */
export function fileSlot(app: App, nodeId: string): TemplateResult | typeof nothing {
  const { session } = app;
  const meta = session.meta(nodeId);
  const slot = meta.assets.find(({ kind }) => kind === 'audio/ir');
  if (!slot) return nothing;
  const own = meta.params.find(({ choices }) => choices !== undefined);
  const sha = session.node(nodeId)?.assets?.[slot.id];
  const name = sha === undefined ? undefined : session.json?.assets?.[sha]?.name;
  const options = [
    ...(own?.choices ?? ['built in']).map((text, i) => ({
      value: String(i),
      label: choiceLabel(text),
    })),
    ...(sha === undefined ? [] : [{ value: 'file', label: name ?? 'Missing file' }]),
    { value: 'load', label: 'Load a WAV' },
  ];
  const pick = (value: string) => {
    if (value === 'load') void app.files.pickWav(nodeId);
    else if (value !== 'file') session.useOwnResponse(nodeId, slot.id, own?.id, Number(value));
    // Loading may be called off: the list goes back to what is.
    session.emit('project', undefined);
  };
  const current = own ? String(Math.round(session.value(nodeId, own))) : '0';
  return html`<sc-select
    .symbol=${sha === undefined ? '' : 'folder'}
    label="Response"
    .options=${options}
    .value=${sha === undefined ? current : 'file'}
    @sc-pick=${(event: CustomEvent<{ value: string }>) => pick(event.detail.value)}
  ></sc-select>`;
}

/** Knobs whose gesture is not over. */
const turning = new WeakSet<ScKnob>();

/** Leads the knobs of an area to the session: for their `sc-input`. */
export const knobTurns =
  (app: App, nodeId: () => string) =>
  (event: CustomEvent<KnobEventDetail>): void => {
    const { target, detail } = event;
    const id = target instanceof ScKnob ? target.param?.id : undefined;
    if (!(target instanceof ScKnob) || id === undefined) return;
    const node = nodeId();
    followEnd(app, target, node, id);
    app.session.turn(node, id, detail.value, () => target.settle());
  };

/** Heard at the knob itself: one that is taken out of the page tells nobody else. */
function followEnd({ session }: App, dial: ScKnob, nodeId: string, paramId: string): void {
  if (turning.has(dial)) return;
  turning.add(dial);
  const { doc } = session;
  const over = new AbortController();
  const { signal } = over;
  const end = (tell: () => void) => {
    over.abort();
    turning.delete(dial);
    // Another project may have the same ids.
    if (session.doc === doc) tell();
  };
  const change = ({ detail }: CustomEvent<KnobEventDetail>) =>
    end(() => session.mean(nodeId, paramId, detail.value));
  dial.addEventListener('sc-change', change, { signal });
  dial.addEventListener('sc-cancel', () => end(() => session.takeBack(nodeId, paramId)), {
    signal,
  });
}

/** Every setting of a module. */
export function allSettings(app: App, nodeId: string): TemplateResult {
  const meta = app.session.meta(nodeId);
  const turned = meta.params.filter(({ choices }) => !choices);
  const chosen = meta.params.filter(({ choices }) => choices);
  return html`<div
    class="all-settings"
    data-family=${app.session.catalog.family(meta.id)}
    @sc-input=${knobTurns(app, () => nodeId)}
  >
    <div class="strong">${app.session.labelOf(nodeId)}</div>
    <div class="small soft">${meta.summary}</div>
    <div class="knobs">${turned.map((param) => knob(app, nodeId, param, 'm'))}</div>
    ${chosen.map(
      (param) =>
        html`<div class="setting">
          <span class="soft">${param.label}</span>${choice(app, nodeId, param)}
        </div>`,
    )}
  </div>`;
}
