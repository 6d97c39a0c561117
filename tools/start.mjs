// SPDX-License-Identifier: MIT
// npm start: builds what is stale, serves the app, prints its address. `npm start -- --https` serves the LAN.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { kOptions, serve } from '../server/serve.mjs';
import { isAppFresh } from './lib/app-inputs.mjs';
import { root } from './lib/native.mjs';
import { run } from './lib/process.mjs';

async function prepare() {
  const setup = await run('bash', [path.join(root, 'tools/setup'), 'build'], {
    cwd: root,
    show: true,
    timeoutSeconds: 3600,
  });
  if (setup.code !== 0) return false;
  if (isAppFresh(root)) return true;
  console.log('Building. The first time takes a few minutes.');
  // A process of its own: the build uses packages that setup may only just have brought in.
  const built = await run(process.execPath, [path.join(root, 'tools/build.mjs')], {
    cwd: root,
    show: true,
    timeoutSeconds: 3600,
  });
  return built.code === 0;
}

async function announce({ url, lanUrl }) {
  console.log(`\nSonic-Core is at ${url}`);
  if (!lanUrl) return;
  const { renderUnicodeCompact } = await import('uqr');
  console.log(`On this network: ${lanUrl}\n${renderUnicodeCompact(lanUrl, { border: 2 })}`);
  console.log('The certificate is made by this machine: accept it once on the phone.');
}

try {
  const { values } = parseArgs({ options: kOptions });
  if (await prepare()) await announce(await serve(values));
  else process.exitCode = 1;
} catch (error) {
  console.error(`start: ${error.message}`);
  process.exitCode = 1;
}
