import type { CampaignProof } from '@suiban/shared/api/campaigns';
import { answerCards } from './answer-cards';
import { answerLinks, solveProblems } from './answer-links';
import { type DemoArguments, readArguments } from './arguments';
import { importList } from './import-list';
import { launchVisit } from './launch-visit';
import { Report, type Summary } from './report';
import { killing, unknownBound } from './settings';
import { openStage, type Stage } from './stage';
import { duplicates, lostFirms } from './verify';
import { dispatch, settledProof } from './watch';

/** `npm run demo`: the main path over HTTP, from a list of firms to a solved problem, with the books checked at the end. */
const add = (proofs: readonly CampaignProof[], state: keyof CampaignProof['ledger']): number =>
  proofs.reduce((sum, { ledger }) => sum + ledger[state], 0);

async function play(stage: Stage, given: DemoArguments, report: Report): Promise<Summary> {
  const { fixture, run } = await importList(stage, report);
  const { audience } = fixture;
  if (given.kills > 0) await stage.sandbox.script({ latencyMs: killing.latencyMs });
  const visitId = await launchVisit(stage, fixture, report);
  const reachable = audience.filter(({ mobile, openid, wecom }) => mobile ?? openid ?? wecom).length;
  const { kills } = await dispatch(stage, visitId, { kills: given.kills, reachable, bars: !given.json, report });
  const links = await answerLinks(stage, await stage.sandbox.shown(), report);
  const solved = await solveProblems(stage, visitId, links.reporters, report);
  const cards = await answerCards(stage, audience, report);
  const proofs = [await settledProof(stage, visitId), await settledProof(stage, cards.campaignId)];
  for (const { holds, equation, checks } of proofs) {
    report.say(`proof: ${equation}`);
    report.expect(
      holds,
      `the books do not hold: ${checks
        .filter(({ ok }) => !ok)
        .map(({ label, detail }) => `${label} ${detail}`)
        .join('; ')}`,
    );
  }
  const shown = await stage.sandbox.shown();
  const lost = [...(await lostFirms(stage, visitId, audience, shown)), ...(await lostFirms(stage, cards.campaignId, cards.firms, shown))];
  return {
    imported: run.rowsImported,
    rejected: run.rowsRejected,
    planned: add(proofs, 'planned'),
    accepted: add(proofs, 'accepted'),
    refused: add(proofs, 'refused'),
    unknown: add(proofs, 'unknown'),
    suppressed: add(proofs, 'suppressed'),
    cancelled: add(proofs, 'cancelled'),
    answered: links.answered + cards.answered,
    ...solved,
    lost: lost.length,
    duplicates: await duplicates(stage, audience, shown),
    kills,
  };
}

function judge(summary: Summary, { kills }: DemoArguments, report: Report): void {
  report.expect(summary.lost === 0, `${summary.lost} firms lost`);
  report.expect(summary.duplicates === 0, `${summary.duplicates} people were shown an attempt twice`);
  report.expect(summary.kills.length === kills && summary.kills.every(({ attempted }) => attempted > 0), 'a kill hit nothing in flight');
  const bound = unknownBound(kills);
  report.expect(summary.unknown <= bound, `${summary.unknown} unknown, at most ${bound} can be`);
  const { windowSize, concurrency, unkeyedChannels } = killing;
  if (kills > 0)
    report.say(`unknown ${summary.unknown} ≤ ${bound} = ${kills} kills × ${windowSize} in flight × ${concurrency * unkeyedChannels} tasks`);
}

async function main(given: DemoArguments): Promise<number> {
  const report = new Report();
  const stage = await openStage(given);
  report.say(`sandbox and server are up (${given.backend}) at ${stage.baseUrl}`);
  try {
    const summary = await play(stage, given, report);
    judge(summary, given, report);
    for (const fault of report.faults) console.error(`fault: ${fault}`);
    console.log(JSON.stringify(summary));
    return report.faults.length > 0 ? 1 : 0;
  } finally {
    await stage.stop();
  }
}

main(readArguments(process.argv.slice(2))).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exit(1);
  },
);
