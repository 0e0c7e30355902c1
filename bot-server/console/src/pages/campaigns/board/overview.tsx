import type { CampaignProgress } from '@suiban/shared/api/campaigns';
import { deliveryStateWords } from '@suiban/shared/campaigns';
import { groupDigits } from '@suiban/shared/time';
import { Card, Col, Flex, Row, Table, Tag } from 'antd';
import { useLanguage, useWords } from '../../../i18n/language';
import { useTimeText } from '../../../ui/time-text';
import { channelText } from '../campaigns.words';
import { StateBar } from '../state-bar';
import { boardWords } from './board.words';

const share = (part: number, whole: number): string => (whole === 0 ? '—' : `${((part / whole) * 100).toFixed(1)}%`);

export function Overview({ progress }: { progress: CampaignProgress }) {
  const w = useWords(boardWords);
  const time = useTimeText();
  const { counts } = progress;
  const figures = [
    { label: w('delivered'), value: groupDigits(counts.delivered), note: '' },
    { label: w('opened'), value: groupDigits(counts.opened), note: '' },
    { label: w('answered'), value: groupDigits(counts.answered), note: '' },
    { label: w('reachRate'), value: share(counts.accepted, counts.planned), note: w('reachFormula') },
    { label: w('answerRate'), value: share(counts.answered, counts.accepted), note: w('answerFormula') },
  ];
  return (
    <>
      <Card>
        <StateBar counts={counts} isLarge />
        <Flex gap={16} className="hint" style={{ marginTop: 12 }} aria-live="polite">
          {counts.awaitingStaff > 0 ? <Tag color="warning">{w('awaitingStaff', { count: groupDigits(counts.awaitingStaff) })}</Tag> : null}
          {progress.state === 'running' ? <Tag color="processing">{w('live')}</Tag> : null}
          {progress.ratePerSec > 0 ? <span>{w('rate', { rate: groupDigits(Math.round(progress.ratePerSec)) })}</span> : null}
          {progress.expectedEndAt ? <span>{w('finish', { at: time.near(progress.expectedEndAt) })}</span> : null}
        </Flex>
      </Card>
      <Row gutter={16} style={{ marginTop: 16 }}>
        {figures.map((figure) => (
          <Col flex="1" key={figure.label}>
            <Card size="small" className="figure">
              <div className="hint">{figure.label}</div>
              <div className="figure-value">{figure.value}</div>
              <div className="hint">{figure.note}</div>
            </Card>
          </Col>
        ))}
      </Row>
      <Row gutter={16} style={{ marginTop: 16 }}>
        <Col span={10}>
          <ByChannel progress={progress} />
        </Col>
        <Col span={14}>
          <Errors progress={progress} />
        </Col>
      </Row>
    </>
  );
}

function ByChannel({ progress }: { progress: CampaignProgress }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  return (
    <Card title={w('byChannel')} className="flush-card" styles={{ body: { padding: 0 } }}>
      <Table
        size="small"
        pagination={false}
        rowKey="channel"
        dataSource={progress.byChannel}
        columns={[
          { title: w('channel'), render: (_, line) => channelText(line.channel, lang) },
          ...(['accepted', 'refused', 'unknown'] as const).map((state) => ({
            title: deliveryStateWords[state][lang],
            align: 'right' as const,
            render: (_: unknown, line: CampaignProgress['byChannel'][number]) => groupDigits(line[state]),
          })),
        ]}
      />
    </Card>
  );
}

function Errors({ progress }: { progress: CampaignProgress }) {
  const w = useWords(boardWords);
  const { lang } = useLanguage();
  return (
    <Card title={w('errors')} className="flush-card" styles={{ body: { padding: 0 } }}>
      <Table
        size="small"
        pagination={false}
        rowKey={(line) => `${line.channel} ${line.code}`}
        dataSource={progress.errors}
        locale={{ emptyText: <span className="hint">{w('noErrors')}</span> }}
        columns={[
          { title: w('channel'), render: (_, line) => (line.channel ? channelText(line.channel, lang) : w('none')) },
          { title: w('code'), render: (_, line) => line.code },
          { title: w('count'), align: 'right', render: (_, line) => groupDigits(line.count) },
          { title: w('tried'), align: 'right', render: (_, line) => groupDigits(line.attempts) },
          {
            title: w('meaning'),
            render: (_, line) => (
              <>
                {line.meaning[lang]} {line.canRetry ? <Tag>{w('canRetry')}</Tag> : null}
                <div className="hint">{line.whatToDo[lang]}</div>
              </>
            ),
          },
        ]}
      />
    </Card>
  );
}
