const tickMs = 15_000;

/** Steps that may run side by side: a line when one begins, a line with its time when it is done, and a sign of life in between. */
export function createSteps() {
  const open = new Map<string, number>();
  const secondsSince = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`;
  const timer = setInterval(() => {
    for (const [name, from] of open) console.log(`  … ${name} ${secondsSince(from)}`);
  }, tickMs);
  timer.unref();
  return {
    async run<T>(zh: string, en: string, work: () => Promise<T>): Promise<T> {
      const name = `${zh} · ${en}`;
      console.log(`· ${name}`);
      const from = performance.now();
      open.set(name, from);
      try {
        const result = await work();
        console.log(`✓ ${name} ${secondsSince(from)}`);
        return result;
      } finally {
        open.delete(name);
      }
    },
    end: () => clearInterval(timer),
  };
}
