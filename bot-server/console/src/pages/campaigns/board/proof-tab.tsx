import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import { campaignsApi } from '@suiban/shared/api/campaigns';
import { deliveryStateWords, ledgerWords, proofOf } from '@suiban/shared/campaigns';
import { groupDigits } from '@suiban/shared/time';
import { Alert, Button, Card, Flex, Skeleton, Table, Typography } from 'antd';
import { useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { boardWords } from './board.words';

const termWords = {
  planned: ledgerWords.planned,
  accepted: deliveryStateWords.accepted,
  refused: deliveryStateWords.refused,
  unknown: deliveryStateWords.unknown,
  suppressed: deliveryStateWords.suppressed,
  cancelled: deliveryStateWords.cancelled,
  waiting: ledgerWords.waiting,
} as const;
const terms = ['planned', 'accepted', 'refused', 'unknown', 'suppressed', 'cancelled', 'waiting'] as const;

/** 发送核验单: the ledger counted row by row beside the counters, for an auditor. */
export function ProofTab({ campaignId }: { campaignId: string }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const proof = useRead(campaignsApi.getCampaignProof, { params: { campaignId } });
  if (proof.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  const found = proof.data;
  if (!found) return <ProblemAlert problem={proof.error} onRetry={() => void proof.refetch()} />;
  return (
    <Flex vertical gap={16}>
      <Alert
        showIcon
        type={found.holds ? 'success' : 'error'}
        title={w(found.holds ? 'holds' : 'broken')}
        description={`${proofOf(found.ledger).text[lang]} · ${w(found.isFinal ? 'isFinal' : 'isRunning')} · ${time.stamp(found.at)}`}
        action={<Button onClick={() => window.print()}>{w('print')}</Button>}
      />
      <Card className="flush-card" styles={{ body: { padding: 0 } }}>
        <Table
          size="middle"
          pagination={false}
          rowKey={(term) => term}
          dataSource={[...terms]}
          columns={[
            { title: w('term'), render: (_, term) => termWords[term][lang] },
            { title: w('ledger'), align: 'right', render: (_, term) => groupDigits(found.ledger[term]) },
            { title: w('counters'), align: 'right', render: (_, term) => groupDigits(found.counters[term]) },
          ]}
        />
      </Card>
      <Card>
        <ul className="plain-list">
          {found.checks.map((check) => (
            <li key={check.name}>
              {check.ok ? (
                <CheckCircleOutlined aria-label={w('checkOk')} style={{ color: 'var(--good)' }} />
              ) : (
                <CloseCircleOutlined aria-label={w('checkBroken')} style={{ color: 'var(--bad)' }} />
              )}{' '}
              {check.label} <span className="hint">{check.detail}</span>
            </li>
          ))}
        </ul>
        <p>{w('attempts', found.attempts)}</p>
        <p className="hint">
          {w('snapshot')} <Typography.Text code>{found.snapshotHash}</Typography.Text>
          <br />
          {w('hash')} <Typography.Text code>{found.contentHash}</Typography.Text>
        </p>
      </Card>
    </Flex>
  );
}
