import { useEffect, useState } from 'react';

const tickMs = 15_000;

/** Now, moving on by itself: waiting times are read, not counted by a stopwatch. */
export function useNow(): number {
  const [now, setNow] = useState(wallClock);
  useEffect(() => {
    const timer = setInterval(() => setNow(wallClock()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}

const wallClock = (): number => performance.timeOrigin + performance.now();
