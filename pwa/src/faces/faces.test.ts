// SPDX-License-Identifier: MIT
import { modules } from 'sonic-core';
import { expect, it } from 'vitest';
import { Catalog } from '../model/catalog.ts';
import { faceOf } from './faces.ts';

const ofNone = faceOf('');

it.each(new Catalog(modules).effects.map(({ id }) => id))(
  '%s, which can stand in the rack, shows what it does',
  (type) => {
    expect(faceOf(type)).not.toBe(ofNone);
  },
);
