import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** Below the repository root, with `/`. */
  readonly path: string;
  readonly text: string;
}

const left = new Set(['node_modules', 'dist', '.data', '.cache', 'artifacts']);

/** Every TypeScript file below the given folders. */
export function sourceFiles(...folders: readonly string[]): readonly SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!left.has(entry.name)) walk(full);
      } else if (/\.tsx?$/.test(entry.name)) {
        found.push({ path: path.relative(root, full).split(path.sep).join('/'), text: readFileSync(full, 'utf8') });
      }
    }
  };
  for (const folder of folders) walk(path.join(root, folder));
  return found;
}

export const isTest = (file: SourceFile): boolean => /\.test\.tsx?$/.test(file.path) || file.path.startsWith('test/');
