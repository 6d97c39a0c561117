// SPDX-License-Identifier: MIT
// For drawing only: the app on a double that makes levels and no sound. Served by vite's dev server, never built.
import { start } from '../src/start.ts';
import { DoubleEngine } from './double-engine.ts';
import { kModules } from './modules.ts';

// Within reach of the console.
Object.assign(globalThis, { app: start(async () => new DoubleEngine(), kModules) });
