import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency, 2009.
const sights = {
  'with all colours': [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [
    0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998,
  ],
  deuteranopia: [
    0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881,
  ],
  tritanopia: [
    1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039,
  ],
};

const source = readFileSync(new URL('theme.ts', import.meta.url), 'utf8');
const [light, dark] = source.slice(source.indexOf('themeStyles')).split('.aracari-theme.dark');

function paletteOf(styles) {
  const accent = /--_accent: .*(#[0-9a-f]{6})/.exec(styles)[1];
  const others = [...styles.matchAll(/--_series-\d+: .*(#[0-9a-f]{6})/g)].map((found) => found[1]);
  return [accent, ...others];
}

function linear(hex) {
  return [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
}

function seen(hex, matrix) {
  const rgb = linear(hex);
  return [0, 3, 6].map((row) => {
    const sum = rgb.reduce((total, part, at) => total + part * matrix[row + at], 0);
    return Math.min(1, Math.max(0, sum));
  });
}

/** CIE L*a*b*, D65. */
function lab([red, green, blue]) {
  const xyz = [
    (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
    0.2126 * red + 0.7152 * green + 0.0722 * blue,
    (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
  ].map((part) => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116));
  return [116 * xyz[1] - 16, 500 * (xyz[0] - xyz[1]), 200 * (xyz[1] - xyz[2])];
}

function distance(a, b, matrix) {
  const [first, second] = [a, b].map((hex) => lab(seen(hex, matrix)));
  return Math.hypot(...first.map((part, at) => part - second[at]));
}

for (const [theme, styles] of [
  ['light', light],
  ['dark', dark],
]) {
  for (const [sight, matrix] of Object.entries(sights)) {
    test(`${theme}: the first five series can be told apart, and neighbours further on: ${sight}`, () => {
      const palette = paletteOf(styles);
      assert.equal(palette.length, 10);
      for (let a = 0; a < palette.length; a += 1) {
        for (let b = a + 1; b < palette.length; b += 1) {
          if (b >= 5 && b !== a + 1) continue;
          const apart = distance(palette[a], palette[b], matrix);
          assert.ok(apart > 11, `${palette[a]} and ${palette[b]}: ${apart.toFixed(1)}`);
        }
      }
    });
  }
}
