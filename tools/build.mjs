// SPDX-License-Identifier: MIT
// npm run build: engine → web package → app, into dist/ with relative URLs.
import { buildApp } from './build-app.mjs';

try {
  await buildApp();
} catch (error) {
  console.error(String(error.stack ?? error));
  process.exitCode = 1;
}
