import { describe, expect, it } from '@jest/globals';
import { contrastRatio } from '@suiban/shared/design';
import { colourVariables, sizeVariables } from './palette';

const text = [
  ['--ink', '--card'],
  ['--ink', '--ground'],
  ['--ink-2', '--card'],
  ['--ink-2', '--ground'],
  ['--ink-2', '--line'],
  ['--ink-3', '--card'],
  ['--ink-3', '--ground'],
  ['--primary', '--card'],
  ['--primary', '--ground'],
  ['--primary', '--primary-soft'],
  ['--on-primary', '--primary'],
  ['--ink', '--primary-soft'],
  ['--good', '--good-soft'],
  ['--warn', '--warn-soft'],
  ['--bad', '--bad-soft'],
  ['--bad', '--card'],
  ['--card', '--bad'],
  ['--bad', '--ground'],
  ['--card', '--ink'],
] as const;

describe.each(['light', 'dark'] as const)('the %s colours', (scheme) => {
  it.each(text)('%s can be read on %s', (front, ground) => {
    const colours = colourVariables(scheme);
    expect(contrastRatio(colours[front] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  it('show the edge of a field', () => {
    const colours = colourVariables(scheme);
    expect(contrastRatio(colours['--field-line'] ?? '', colours['--card'] ?? '')).toBeGreaterThanOrEqual(3);
  });
});

describe("a city's own colour", () => {
  it('is the primary one of the light scheme', () => {
    const colours = colourVariables('light', '#8A1C1C');
    expect(colours['--primary']).toBe('#8A1C1C');
    expect(contrastRatio('#8A1C1C', colours['--primary-soft'] ?? '')).toBeGreaterThanOrEqual(4.5);
    expect(colourVariables('dark', '#8A1C1C')).toEqual(colourVariables('dark'));
  });

  it.each(['#FFD54F', '#7FB3FF', 'red', '', '#12'])('is left out where it could not be read or is none: %s', (colour) => {
    expect(colourVariables('light', colour)).toEqual(colourVariables('light'));
  });
});

describe('sizes', () => {
  it('are those of the product, larger in care mode, and follow the system', () => {
    expect(sizeVariables(false, 1)).toEqual({
      '--touch': '44px',
      '--fs-1': '13px',
      '--fs-2': '15px',
      '--fs-3': '17px',
      '--fs-4': '20px',
      '--fs-5': '24px',
    });
    expect(sizeVariables(true, 1)).toMatchObject({ '--touch': '60px', '--fs-2': '20px', '--fs-5': '32px' });
    expect(sizeVariables(false, 1.2)).toMatchObject({ '--touch': '53px', '--fs-2': '18px' });
    expect(sizeVariables(false, 0.9)['--touch']).toBe('44px');
  });
});
