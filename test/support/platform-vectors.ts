import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';

export const vectorFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', 'fixtures', 'platform-vectors');

/** A published vector: what it says, and where it was read. */
export interface Vector<Input = unknown, Expected = unknown> {
  readonly id: string;
  readonly scheme: string;
  readonly source: { readonly repo: string; readonly path: string; readonly commit: string };
  readonly input: Input;
  readonly expected: Expected;
  /** Changes of the input that must be refused. */
  readonly negative?: readonly Readonly<Record<string, string>>[];
}

/** Files of vectors, without `.json`. */
export const vectorFiles = (): string[] =>
  readdirSync(vectorFolder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));

export const vectorsIn = (file: string): Vector[] =>
  (JSON.parse(readFileSync(path.join(vectorFolder, `${file}.json`), 'utf8')) as { vectors: Vector[] }).vectors;

/** One test per vector of a file, by its id: one too many or too few fails. */
export function testVectors(file: string, tests: Readonly<Record<string, (vector: Vector<never, never>) => void | Promise<void>>>): void {
  const vectors = vectorsIn(file);
  it(`${file}: every vector is tested`, () => expect(Object.keys(tests).sort()).toEqual(vectors.map(({ id }) => id).sort()));
  for (const vector of vectors) it(`${vector.id}: ${vector.scheme}`, () => tests[vector.id]?.(vector as Vector<never, never>));
}

/** The text with one bit turned at each of about `places` places: base64 stays base64, and never means the same bytes. */
export function turnedBits(base64: string, places = 40): string[] {
  const bytes = Buffer.from(base64, 'base64');
  const step = Math.max(1, Math.floor(bytes.length / places));
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => {
    const turned = Buffer.from(bytes);
    const at = Math.min(index * step, bytes.length - 1);
    turned.writeUInt8(turned.readUInt8(at) ^ 1, at);
    return turned.toString('base64');
  });
}

/** The text with one of its bytes changed, at each of about `places` places. */
export function changedBytes(text: string, places = 40): Buffer[] {
  const bytes = Buffer.from(text, 'utf8');
  const step = Math.max(1, Math.floor(bytes.length / places));
  return Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) => {
    const changed = Buffer.from(bytes);
    const at = Math.min(index * step, bytes.length - 1);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    return changed;
  });
}
