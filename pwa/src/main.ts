// SPDX-License-Identifier: MIT
import { modules } from 'sonic-core';
import { openEngine } from './open-engine.ts';
import { start } from './start.ts';

start(openEngine, modules);
