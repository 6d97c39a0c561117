// SPDX-License-Identifier: MIT
// What this is, whether it is on this device, and what it is made of.
import { html, nothing, type TemplateResult } from 'lit';
import type { InstallHint } from '../../install/installing.ts';
import type { App } from '../../model/app.ts';
import { icon } from '../../ui/icons.ts';
import type { SettingsPage } from './page.ts';

const kHints: Readonly<Record<InstallHint, string>> = {
  ios: 'Press Share, then “Add to Home Screen”.',
  'mac-safari': 'In the menu File, choose “Add to Dock”.',
  'firefox-android': 'Open the browser’s menu, then press “Add to Home screen”.',
};
const kCannotInstall = 'This browser does not install pages. Everything works here all the same.';

/** Everything of others that is shipped with the app. */
const kParts: readonly (readonly [name: string, licence: string])[] = [
  ['Lit', 'BSD 3-Clause'],
  ['Yjs, lib0', 'MIT'],
  ['Highway', 'Apache 2.0'],
  ['JSON for Modern C++', 'MIT'],
  ['Emscripten’s runtime', 'MIT'],
  ['Instrument Sans', 'SIL Open Font License 1.1'],
];

const row = (name: string, body: unknown): TemplateResult =>
  html`<div class="setting">
    <span class="soft">${name}</span>
    <div class="row gap-3 setting-body">${body}</div>
  </div>`;

function install({ installing }: App): unknown {
  if (installing.isInstalled) return html`${icon('check', 14)}<span>Installed</span>`;
  if (installing.canAsk) {
    return html`<button class="button" @click=${() => void installing.ask()}>
      ${icon('download', 14)}Install
    </button>`;
  }
  return installing.hint === undefined ? kCannotInstall : kHints[installing.hint];
}

function offline({ updates }: App): unknown {
  if (updates.kept === 'yes') {
    return html`${icon('check', 14)}<span>Everything is kept on this device.</span>`;
  }
  return updates.kept === 'coming'
    ? 'Is being kept on this device.'
    : 'Not kept on this device: the browser refused, or the page is not secure (https).';
}

async function check({ updates, shell }: App): Promise<void> {
  if (!(await updates.check())) shell.say('There is no answer. Are you without a network?');
  else if (!updates.isReady && !updates.isComing) shell.say('This is the newest version.');
}

export const aboutPage: SettingsPage = {
  id: 'about',
  label: 'About',
  render: (app) =>
    html`${row(
        'Version',
        html`<span class="strong">${import.meta.env['APP_VERSION'] as string}</span> ${
            app.updates.kept === 'yes'
              ? html`<button class="button" @click=${() => void check(app)}>
                  Check for a new version
                </button>`
              : nothing
          }`,
      )}
      ${row('As an app', install(app))} ${row('No network', offline(app))}
      ${row('Privacy', 'No account. Nothing is uploaded, and nobody counts your visits.')}
      <hr />
      ${row('Licence', 'MIT')}
      <div class="setting parts">
        <span class="soft">Made with</span>
        <ul>
          ${kParts.map(([name, licence]) => html`<li>${name} <span class="quiet">${licence}</span></li>`)}
        </ul>
      </div>`,
};
