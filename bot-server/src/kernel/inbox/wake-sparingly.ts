/** Between two wake-ups of a burst. A round of the task engine costs more than storing a push does. */
const restMs = 100;

/** The first call wakes at once; those within the next moments together once, at its end. Nothing is lost: the last call is always followed by a wake-up. */
export function wakeSparingly(wake: () => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let isAsked = false;
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = undefined;
      if (!isAsked) return;
      isAsked = false;
      wake();
      rest();
    }, restMs);
    // A process that ends leaves it to the sweep.
    timer.unref();
  };
  return () => {
    if (timer) {
      isAsked = true;
      return;
    }
    wake();
    rest();
  };
}
