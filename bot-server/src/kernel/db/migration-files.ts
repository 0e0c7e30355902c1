import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
  readonly text: string;
}

const fileName = /^(\d{4})-([a-z0-9-]+)\.sql$/;

/** In order. @throws Error naming the file when a number is missing, used twice, or a name has another form. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const migrations = await readMigrationFiles(folder);
  for (const [index, { number, name }] of migrations.entries()) {
    const expected = index + 1;
    if (number === expected) continue;
    const what = number < expected ? 'is used twice' : `leaves out ${String(expected).padStart(4, '0')}`;
    throw new Error(`migration ${String(number).padStart(4, '0')}-${name} ${what}`);
  }
  return migrations;
}

/** Without the check for gaps: tests of one module apply only the migrations below it. */
export async function readMigrationFiles(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(files.map((file) => readMigration(folder, file)));
}

async function readMigration(folder: string, file: string): Promise<Migration> {
  const [, number, name] = fileName.exec(file) ?? [];
  if (!number || !name) throw new Error(`migration ${file} is not named NNNN-name.sql`);
  // NOTE: a checkout may turn line ends into CRLF; the checksum must not see that.
  const text = (await readFile(path.join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return { number: Number(number), name, checksum: createHash('sha256').update(text).digest('hex'), text };
}
