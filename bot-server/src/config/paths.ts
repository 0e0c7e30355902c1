import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the bot-server package, both from the sources and from a bundle in `dist/`. */
export const packageDir: string = (() => {
  let dir = path.dirname(fileURLToPath(import.meta.url));
  while (!existsSync(path.join(dir, 'city'))) {
    const parent = path.dirname(dir);
    if (parent === dir) throw new Error('the folder bot-server/city is missing');
    dir = parent;
  }
  return dir;
})();
