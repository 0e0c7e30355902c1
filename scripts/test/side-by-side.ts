/** Neighbours of one group, in their order; a suite without a group is alone. */
export function inGroups<T extends { readonly group?: string }>(list: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = [];
  for (const one of list) {
    const last = groups.at(-1);
    if (one.group !== undefined && last?.[0]?.group === one.group) last.push(one);
    else groups.push([one]);
  }
  return groups;
}

/** Results in the order of the list, at most `atOnce` at work. The first error is thrown when all have ended. */
export async function sideBySide<T, R>(list: readonly T[], atOnce: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(list.length);
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < list.length; at = next++) results[at] = await work(list[at] as T);
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(atOnce, list.length) }, lane));
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
  return results;
}
