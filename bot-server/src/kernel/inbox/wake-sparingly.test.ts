import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { wakeSparingly } from './wake-sparingly';

describe('wakeSparingly', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('wakes at once for the first, and once more for all that follow in a moment', () => {
    const wake = jest.fn();
    const ask = wakeSparingly(wake);
    ask();
    expect(wake).toHaveBeenCalledTimes(1);
    for (let count = 0; count < 500; count += 1) ask();
    expect(wake).toHaveBeenCalledTimes(1);
    jest.advanceTimersByTime(100);
    expect(wake).toHaveBeenCalledTimes(2);
    jest.advanceTimersByTime(10_000);
    expect(wake).toHaveBeenCalledTimes(2);
  });

  it('never leaves the last one out, however they fall', () => {
    const wake = jest.fn();
    const ask = wakeSparingly(wake);
    for (let count = 0; count < 50; count += 1) {
      ask();
      const before = wake.mock.calls.length;
      jest.advanceTimersByTime(37);
      ask();
      jest.advanceTimersByTime(100);
      expect(wake.mock.calls.length).toBeGreaterThan(before);
    }
  });

  it('wakes at once again after a rest', () => {
    const wake = jest.fn();
    const ask = wakeSparingly(wake);
    ask();
    jest.advanceTimersByTime(250);
    ask();
    expect(wake).toHaveBeenCalledTimes(2);
  });
});
