import type { AudiencePreview } from '@suiban/shared/api/campaigns';
import { industryLabel } from '@suiban/shared/enterprises';
import { groupDigits } from '@suiban/shared/time';
import { Alert, Col, Row, Skeleton, Table, Tag } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { channelText } from '../../campaigns.words';
import { Bars } from '../bars';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

/** What the rule comes to now: the count as an equation, why some are left out, the funnel, ten firms with their reasons. */
export function AudienceResult({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { reach, obstacle } = wizard;
  if (obstacle === 'needRule') return <p className="hint">{w('ruleFirst')}</p>;
  if (reach.error) return <ProblemAlert problem={reach.error} onRetry={() => void reach.refetch()} />;
  if (!reach.data) return <Skeleton active paragraph={{ rows: 5 }} />;
  const found = reach.data;
  return (
    <div aria-busy={reach.isFetching}>
      <Equation preview={found} isCounting={reach.isFetching} />
      {found.matched === 0 ? <Alert type="warning" showIcon title={w('noMatch')} style={{ marginTop: 16 }} /> : null}
      <Row gutter={24} style={{ marginTop: 16 }}>
        <Col span={12}>
          <h3>{w('reasonHead')}</h3>
          <Reasons preview={found} />
        </Col>
        <Col span={12}>
          <h3>{w('funnel')}</h3>
          <Bars
            label={w('funnel')}
            bars={(['imported', 'invited', 'bound', 'subscribed'] as const).map((step) => ({
              key: step,
              label: w(step),
              count: found.funnel[step],
            }))}
          />
          <div className="hint">{w('funnelHint')}</div>
        </Col>
      </Row>
      {found.sample.length > 0 ? <Sample preview={found} /> : null}
    </div>
  );
}

const sum = (lines: readonly { count: number }[]): number => lines.reduce((total, line) => total + line.count, 0);

function Equation({ preview, isCounting }: { preview: AudiencePreview; isCounting: boolean }) {
  const w = useWords(stepWords);
  const terms = [
    { key: 'matched', sign: '', label: w('matched'), count: preview.matched, isMain: true },
    { key: 'excluded', sign: '−', label: w('excluded'), count: sum(preview.excluded), isMain: false },
    { key: 'planned', sign: '=', label: w('planned'), count: preview.planned, isMain: true },
    { key: 'suppressed', sign: '−', label: w('suppressed'), count: sum(preview.suppressed), isMain: false },
    { key: 'unreachable', sign: '−', label: w('unreachable'), count: preview.unreachable, isMain: false },
    { key: 'sendable', sign: '=', label: w('sendable'), count: preview.sendable, isMain: true },
  ];
  return (
    <>
      <dl className={isCounting ? 'equation counting' : 'equation'}>
        {terms.map((term) => (
          <div key={term.key}>
            <dt>
              {term.sign ? <span aria-hidden="true">{term.sign} </span> : null}
              {term.label}
            </dt>
            <dd>{term.isMain ? <strong className="equation-main">{groupDigits(term.count)}</strong> : groupDigits(term.count)}</dd>
          </div>
        ))}
      </dl>
      <div className="visually-hidden" aria-live="polite">
        {isCounting ? '' : `${w('matched')} ${preview.matched}，${w('sendable')} ${preview.sendable}`}
      </div>
    </>
  );
}

function Reasons({ preview }: { preview: AudiencePreview }) {
  const w = useWords(stepWords);
  const lines = [...preview.excluded, ...preview.suppressed].filter((line) => line.count > 0);
  if (preview.unreachable > 0) lines.push({ reason: 'unreachable', label: w('unreachable'), count: preview.unreachable });
  if (lines.length === 0) return <p className="hint">{w('noReasons')}</p>;
  return (
    <ul className="plain-list reason-lines">
      {lines.map((line) => (
        <li key={line.reason}>
          <span>{line.label}</span>
          <span>{groupDigits(line.count)}</span>
        </li>
      ))}
    </ul>
  );
}

function Sample({ preview }: { preview: AudiencePreview }) {
  const w = useWords(stepWords);
  const { lang } = useLanguage();
  const { city } = useSession();
  const districtOf = (code: string) => {
    const district = city.districts.find((each) => each.code === code);
    return district ? (lang === 'zh' ? district.name : district.nameEn) : code;
  };
  return (
    <>
      <h3>{w('sample', { count: preview.sample.length })}</h3>
      <Table
        size="small"
        pagination={false}
        rowKey="enterpriseId"
        dataSource={preview.sample}
        columns={[
          {
            title: w('firm'),
            width: 184,
            render: (_, firm) => (
              <>
                {firm.name} {firm.isDemo ? <Tag>{w('demo')}</Tag> : null}
                <div className="hint">{firm.creditCodeMasked}</div>
              </>
            ),
          },
          {
            title: w('place'),
            width: 150,
            render: (_, firm) => `${districtOf(firm.districtCode)} · ${industryLabel(firm.industryCode, lang)}`,
          },
          { title: w('why'), render: (_, firm) => (firm.reasons.length > 0 ? <Lines lines={firm.reasons} /> : '—') },
          {
            title: w('testStep'),
            width: 104,
            render: (_, firm) => firm.channels.map((channel) => channelText(channel, lang)).join(' → ') || '—',
          },
        ]}
      />
    </>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  return (
    <ul className="plain-list">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
