/** The newest `capacity` entries, numbered from 1 without gaps. Appends are O(1) and memory is bounded. */
export class Ring<T> {
  private readonly slots: (T | undefined)[];
  private last = 0;

  constructor(
    private readonly capacity: number,
    private readonly onEvict: (entry: T) => void = () => undefined,
  ) {
    this.slots = [];
  }

  /** Sequence number the next entry gets. */
  get next(): number {
    return this.last + 1;
  }

  /** Oldest sequence number still held. */
  get oldest(): number {
    return Math.max(1, this.last - this.capacity + 1);
  }

  add(entry: T): void {
    const slot = this.last % this.capacity;
    const evicted = this.slots[slot];
    if (evicted !== undefined) this.onEvict(evicted);
    this.slots[slot] = entry;
    this.last += 1;
  }

  at(seq: number): T | undefined {
    return seq < this.oldest || seq > this.last ? undefined : this.slots[(seq - 1) % this.capacity];
  }

  /** Entries after `since`, oldest first, while `take` wants more. */
  *after(since: number): Generator<T> {
    for (let seq = Math.max(since + 1, this.oldest); seq <= this.last; seq += 1) {
      const entry = this.slots[(seq - 1) % this.capacity];
      if (entry !== undefined) yield entry;
    }
  }

  clear(): void {
    this.slots.length = 0;
    this.last = 0;
  }
}
