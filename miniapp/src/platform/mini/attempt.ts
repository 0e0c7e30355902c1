/** Runs a call that an older base library may not have; undefined where it is missing or fails. */
export function attempt<T>(call: () => T): T | undefined {
  try {
    const value = call();
    if (value instanceof Promise) value.catch(() => undefined);
    return value;
  } catch {
    return undefined;
  }
}
