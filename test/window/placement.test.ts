import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { placeOn, readPlacement, rememberPlacement } from '../../main/window/placement.ts';
import { testFolder } from '../helpers/serving.ts';

const left = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 2560, height: 1440 };
const was = { x: 2000, y: 100, width: 1500, height: 900, maximized: false };

test('a window opens at its saved place on any screen', () => {
  assert.deepEqual(placeOn([left, right], was), { x: 2000, y: 100, width: 1500, height: 900 });
});

test('without its screen a window is centered, and no larger than the screen', () => {
  assert.deepEqual(placeOn([left], was), { width: 1500, height: 900 });
  assert.deepEqual(placeOn([{ ...left, width: 1024, height: 768 }], was), { width: 1024, height: 768 });
});

test('a window whose title would not be reachable is centered', () => {
  assert.equal('x' in placeOn([left], { ...was, x: 100, y: -30 }), false);
  assert.equal('x' in placeOn([left], { ...was, x: 1900, y: 100 }), false);
  assert.equal('x' in placeOn([left], { ...was, x: 100, y: 1060 }), false);
  assert.equal('x' in placeOn([left], { ...was, x: -1300, y: 100 }), true);
});

test('without a saved placement or a screen a window has the default size', () => {
  assert.deepEqual(placeOn([left], undefined), { width: 1280, height: 800 });
  assert.deepEqual(placeOn([], was), { width: 1280, height: 800 });
  assert.deepEqual(placeOn([left], { ...was, x: 0, y: 0, width: 200, height: 1 }), {
    x: 0,
    y: 0,
    width: 640,
    height: 480,
  });
});

test('the placement is saved on hide and close, and an invalid file is ignored', (t) => {
  const file = join(testFolder(t), 'window.json');
  assert.equal(readPlacement(file), undefined);
  const { maximized, ...bounds } = was;
  const window = Object.assign(new EventEmitter(), { getNormalBounds: () => bounds, isMaximized: () => maximized });
  rememberPlacement(window as never, file);
  window.emit('hide');
  assert.deepEqual(readPlacement(file), was);
  for (const text of [
    '',
    '[]',
    '{"x":1}',
    JSON.stringify({ ...was, x: '1' }),
    JSON.stringify({ ...was, width: 1.5 }),
  ]) {
    writeFileSync(file, text);
    assert.equal(readPlacement(file), undefined, text);
  }
  window.emit('close');
  assert.deepEqual(readPlacement(file), was);
});
