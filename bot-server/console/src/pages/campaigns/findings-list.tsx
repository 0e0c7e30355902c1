import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import type { CampaignCheck } from '@suiban/shared/api/campaigns';
import { dictionary } from '@suiban/shared/text';
import { Button } from 'antd';
import { useLanguage, useWords } from '../../i18n/language';

type Finding = CampaignCheck['findings'][number];

const words = dictionary(
  { ok: '检查通过，没有需要修改的地方', error: '必须修改', warning: '请留意', go: '去修改' },
  { ok: 'Checked: nothing to put right', error: 'Must be changed', warning: 'Please note', go: 'Go there' },
);

/** Steps of the wizard by the field a finding names. */
export function stepOf(field: string): 'content' | 'audience' | 'plan' {
  if (/^(audience|exclusions)/.test(field)) return 'audience';
  if (/^(plan|window)/.test(field)) return 'plan';
  return 'content';
}

/** The checklist: what must be changed first, then what to know; each with the way to its step. */
export function FindingsList({ findings, onGo }: { findings: readonly Finding[]; onGo?: (finding: Finding) => void }) {
  const w = useWords(words);
  const { lang } = useLanguage();
  if (findings.length === 0) {
    return (
      <p style={{ margin: 0 }}>
        <CheckCircleOutlined aria-hidden style={{ color: 'var(--good)' }} /> {w('ok')}
      </p>
    );
  }
  const ordered = [...findings].sort((one, other) => Number(one.severity === 'warning') - Number(other.severity === 'warning'));
  return (
    <ul className="plain-list findings">
      {ordered.map((finding) => (
        <li key={`${finding.field} ${finding.rule} ${finding.detail}`}>
          {finding.severity === 'error' ? (
            <CloseCircleOutlined aria-hidden style={{ color: 'var(--bad)' }} />
          ) : (
            <ExclamationCircleOutlined aria-hidden style={{ color: 'var(--warn)' }} />
          )}
          <span>
            <span className="hint">{w(finding.severity)}　</span>
            {lang === 'zh' ? finding.detail : finding.detailEn}
          </span>
          {onGo ? (
            <Button type="link" size="small" onClick={() => onGo(finding)}>
              {w('go')}
            </Button>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
