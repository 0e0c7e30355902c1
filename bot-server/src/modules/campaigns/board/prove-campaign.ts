import type { CampaignProof } from '@suiban/shared/api/campaigns';
import { proofOf } from '@suiban/shared/campaigns';
import { attemptCounts, findSnapshot, ledgerCounts } from '../../dispatch';
import type { Deps } from '../../module';
import { countsOfOne, requireCampaign } from '../loading';

/** 发送核验单: the ledger counted row by row, against its equation, the counters, the attempts and the frozen audience. */
export async function proveCampaign(deps: Deps, campaignId: string): Promise<CampaignProof> {
  const row = await requireCampaign(deps.db, campaignId);
  const { ledger, counters, attempts, snapshot } = await deps.db.tx(async (tx) => ({
    ledger: await ledgerCounts(tx, row.id),
    counters: await countsOfOne(tx, row.id),
    attempts: await attemptCounts(tx, row.id),
    snapshot: await findSnapshot(tx, row.id),
  }));
  const proof = proofOf(ledger);
  const { awaitingStaff: _awaiting, delivered: _delivered, opened: _opened, answered: _answered, ...sums } = counters;
  const isEqual = Object.entries(ledger).every(([name, count]) => sums[name as keyof typeof sums] === count);
  const checks = [
    { name: 'equation', label: '应发等于各状态之和', ok: proof.isBalanced, detail: proof.text.zh },
    { name: 'counters', label: '进度数字与账本逐行清点一致', ok: isEqual, detail: isEqual ? '一致' : '不一致，系统会自动修复，请稍后再看' },
    {
      name: 'audience',
      label: '应发等于启动时冻结的名单',
      ok: snapshot?.planned === ledger.planned,
      detail: `冻结 ${snapshot?.planned ?? 0} 家，账本 ${ledger.planned} 家`,
    },
    {
      name: 'attempts',
      label: '每条已受理、待核实的记录都有对应的发送',
      ok: attempts.orphans === 0,
      detail: `缺少 ${attempts.orphans} 条`,
    },
    { name: 'once', label: '没有一家企业被受理两次', ok: attempts.twice === 0, detail: `重复 ${attempts.twice} 家` },
  ];
  const { orphans: _orphans, twice: _twice, ...tries } = attempts;
  return {
    campaignId: row.id,
    at: deps.clock.now().toISOString(),
    isFinal: proof.isFinal && attempts.marked === 0,
    ledger,
    counters: sums,
    holds: checks.every(({ ok }) => ok),
    equation: proof.text.zh,
    attempts: tries,
    checks,
    snapshotHash: snapshot?.hash ?? '',
    contentHash: row.contentHash,
  };
}
