import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

// Which file of the front end may know which.

/** Folders, the lowest first: each knows itself and lower ones, and none in its own row. */
const LAYERS = [
  ['generated'],
  ['shared'],
  ['socket'],
  ['contact'],
  ['dial'],
  ['record'],
  [
    'login',
    'pop',
    'tasks',
    'customers',
    'talks',
    'scripts',
    'wallboard',
    'audit',
    'blocked',
    'transfer',
    'park',
    'keypad',
    'phone',
  ],
  ['desk'],
  ['.'],
];

const SOURCE = join(process.cwd(), 'src');

/** By file, what it imports, styles too. */
const imports = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => [file, importsOf(file)]),
);

function importsOf(file: string): string[] {
  const text = readFileSync(join(SOURCE, file), 'utf8');
  return [...text.matchAll(/(?:from|import\(?) ?'(\.[^']+)'/g)].map(([, path]) =>
    fileOf(normalize(join(dirname(file), path!))),
  );
}

function fileOf(path: string): string {
  const all = readdirSync(join(SOURCE, dirname(path)));
  const name = path.split('/').at(-1)!;
  const found = [name, `${name}.ts`, `${name}.tsx`].find((one) => all.includes(one));
  return join(dirname(path), found ?? `${name}: not there`);
}

const layer = (file: string) => LAYERS.findIndex((folders) => folders.includes(dirname(file)));

const all = [...imports].flatMap(([from, files]) => files.map((to) => ({ from, to })));

test('every file is in a folder that has its place', () => {
  expect(imports.size).toBeGreaterThan(15);
  expect([...imports.keys()].filter((file) => layer(file) < 0)).toEqual([]);
});

test('a folder knows those below it, and none beside it', () => {
  const wrong = all.filter(
    ({ from, to }) => dirname(from) !== dirname(to) && layer(from) <= layer(to),
  );
  expect(wrong).toEqual([]);
});

test('no files go round in a circle', () => {
  const known = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, way: string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
    if (known.has(file)) return;
    known.add(file);
    for (const next of imports.get(file) ?? []) walk(next, [...way, file]);
  };
  for (const file of imports.keys()) walk(file, []);
  expect(circles).toEqual([]);
});
