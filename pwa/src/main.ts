// SPDX-License-Identifier: MIT
import { openEngine } from './open-engine.ts';
import { start } from './start.ts';

start(openEngine);
