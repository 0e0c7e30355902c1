import type { SurveyToAnswer } from '@/api/surveys';
import { useTexts } from '@/features/language';
import { goTo } from '@/features/routes';
import { Card, DemoTag, Progress, Tag } from '@/ui/blocks';
import { Box, Inline } from '@/ui/elements';
import { Icon } from '@/ui/icon';
import { useWhen } from '@/ui/when';
import styles from './home.module.scss';
import { homeTexts } from './texts';

export function SurveyCard({ survey }: { survey: SurveyToAnswer }) {
  const t = useTexts(homeTexts);
  const when = useWhen();
  const isOpen = survey.state === 'open';
  const percent = Math.round((survey.draftProgress ?? 0) * 100);
  const action = isOpen ? (survey.draftProgress === null ? t('start') : t('resume')) : t('done');
  return (
    <Card onTap={() => goTo('surveys/title', { campaignId: survey.campaignId, enterpriseId: survey.enterpriseId })}>
      <Inline className={styles.issuer}>
        {survey.issuer}
        {survey.isDemo && <DemoTag />}
        {survey.state === 'answered' && <Tag tone="good">{t('submitted')}</Tag>}
        {survey.state === 'closed' && <Tag>{t('closed')}</Tag>}
      </Inline>
      <Inline className={styles.cardTitle}>{survey.title}</Inline>
      <Inline className={styles.facts}>
        <Inline className={styles.fact}>
          <Icon name="form" size={16} className={styles.factIcon} />
          {`${t('questions', { count: survey.questionCount })} · ${t('minutes', { count: survey.minutes })}`}
        </Inline>
        {isOpen && (
          <Inline className={styles.fact}>
            <Icon name="clock" size={16} className={styles.factIcon} />
            {survey.closesAt ? t('before', { when: when.deadline(survey.closesAt) }) : t('noDeadline')}
          </Inline>
        )}
      </Inline>
      {isOpen && survey.draftProgress !== null && (
        <Box className={styles.draft}>
          <Progress share={survey.draftProgress} label={t('draft', { percent })} />
          <Inline className={styles.draftText}>{t('draft', { percent })}</Inline>
        </Box>
      )}
      <Inline className={styles.action}>
        {action}
        <Icon name="next" size={16} />
      </Inline>
    </Card>
  );
}
