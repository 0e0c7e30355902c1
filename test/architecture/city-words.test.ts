import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadCity } from '../../bot-server/src/config/load-city';
import { isTest, root, sourceFiles } from './source-files';

/** The names of a city live in its profile. A word of it anywhere else would show on another city's screens. */
describe('words of one city', () => {
  const city = loadCity(path.join(root, 'bot-server', 'city', 'shanghai.yaml'));
  const words = [
    city.name.replace(/市$/, ''),
    city.nameEn,
    city.cityCodeName,
    ...city.districts.map(({ name }) => name),
    ...city.bureaus.map(({ name }) => name),
  ];
  const files = sourceFiles('shared/src', 'bot-server/src', 'bot-server/console/src', 'miniapp/src').filter((file) => !isTest(file));

  it.each(words)('keeps “%s” out of the code', (word) => {
    // A comment may name a source, a time zone its place; what is shown may not.
    const shown = files.filter((file) =>
      file.text.split('\n').some((line) => line.replace(/Asia\/\w+/g, '').includes(word) && !/^\s*(\/\/|\*|\/\*)/.test(line)),
    );
    expect(shown.map((file) => file.path)).toEqual([]);
  });
});
