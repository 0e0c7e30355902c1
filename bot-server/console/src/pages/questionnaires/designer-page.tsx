import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { useRead } from '../../api/hooks';
import { useWords } from '../../i18n/language';
import { Page } from '../../ui/page';
import { ProblemAlert } from '../../ui/problem-alert';
import { Designer } from './designer/designer';
import { questionnaireWords } from './questionnaires.words';

export function DesignerPage() {
  const w = useWords(questionnaireWords);
  const { questionnaireId = '' } = useParams();
  const questionnaire = useRead(questionnairesApi.getQuestionnaire, { params: { questionnaireId } });
  if (questionnaire.data) return <Designer key={questionnaireId} questionnaire={questionnaire.data} />;
  return (
    <Page title={w('title')} trail={[{ label: w('title'), to: '/questionnaires' }]}>
      {questionnaire.error ? (
        <ProblemAlert problem={questionnaire.error} onRetry={() => void questionnaire.refetch()} />
      ) : (
        <Skeleton active paragraph={{ rows: 10 }} />
      )}
    </Page>
  );
}
