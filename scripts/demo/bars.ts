import type { CampaignProgress } from '@suiban/shared/api/campaigns';

const width = 30;

function bar(done: number, all: number): string {
  const filled = all === 0 ? width : Math.round((done / all) * width);
  return `${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${String(done).padStart(5)} / ${all}`;
}

/** Draws progress in place, one bar per channel; nothing when the output is no terminal. */
export function progressBars(isWanted: boolean): { draw(progress: CampaignProgress): void; end(): void } {
  if (!isWanted || !process.stdout.isTTY) return { draw: () => undefined, end: () => undefined };
  let drawn = 0;
  return {
    draw({ byChannel, ratePerSec, counts }) {
      const lines = [
        ...byChannel.map(({ channel, waiting, ...settled }) => {
          const done = settled.accepted + settled.refused + settled.unknown;
          return `  ${channel.padEnd(12)} ${bar(done, done + waiting)}`;
        }),
        `  ${'all'.padEnd(12)} ${bar(counts.planned - counts.waiting, counts.planned)}  ${ratePerSec.toFixed(0)}/s`,
      ];
      if (drawn > 0) process.stdout.write(`\u001b[${drawn}A`);
      process.stdout.write(lines.map((line) => `\u001b[2K${line}\n`).join(''));
      drawn = lines.length;
    },
    end: () => {
      drawn = 0;
    },
  };
}
