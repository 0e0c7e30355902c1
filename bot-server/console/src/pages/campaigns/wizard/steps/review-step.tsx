import { Button, Flex, Skeleton } from 'antd';
import { useWords } from '../../../../i18n/language';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { FindingsList, stepOf } from '../../findings-list';
import { ReviewFacts } from '../../review-facts';
import { goToStep } from '../go-to-step';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

/** 送审: the number, the burden, the filing, and what must still be put right. */
export function ReviewStep({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { campaign, check } = wizard;
  if (!campaign) return <p className="hint">{w('reviewWait')}</p>;
  if (check.isPending) return <Skeleton active paragraph={{ rows: 5 }} />;
  return (
    <>
      <ProblemAlert problem={check.error} onRetry={() => void check.refetch()} />
      {check.data ? (
        <div aria-live="polite">
          <ReviewFacts campaign={campaign} check={check.data} />
          <p className="hint">{w('signHint')}</p>
          <Flex justify="space-between" align="baseline">
            <h3>{w('checklist')}</h3>
            <Button type="link" size="small" loading={check.isFetching} onClick={() => void check.refetch()}>
              {w('recheck')}
            </Button>
          </Flex>
          <FindingsList findings={check.data.findings} onGo={(finding) => goToStep(stepOf(finding.field))} />
          {check.data.canSubmit ? <p style={{ marginBottom: 0 }}>{w('ready')}</p> : null}
        </div>
      ) : null}
    </>
  );
}
