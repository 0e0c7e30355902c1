import { progressOf, type SurveyHeading } from '@suiban/shared/surveys';
import { textIn } from '@suiban/shared/words';
import { useLanguage, useTexts } from '@/features/language';
import { goTo } from '@/features/routes';
import type { SurveyForm } from '@/features/surveys/forms';
import { useDraft, useForm } from '@/features/surveys/use-form';
import { DemoTag } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Inline } from '@/ui/elements';
import { Icon, type IconName } from '@/ui/icon';
import { Page } from '@/ui/page';
import { useWhen } from '@/ui/when';
import { Answered, Closed, WithForm } from '../../states';
import styles from '../../surveys.module.scss';
import { surveyTexts } from '../../texts';

export default function SurveyTitlePage() {
  const t = useTexts(surveyTexts);
  const form = useForm(true);
  const { resource } = form;
  const isOpen = resource.state === 'ready' && resource.value.survey.state === 'open';
  return (
    <Page title={t('survey')} footer={isOpen ? <Start form={resource.value} /> : undefined}>
      <WithForm of={form}>
        {(ready) => {
          if (ready.survey.state === 'answered') return <Answered form={ready} />;
          if (ready.survey.state === 'closed') return <Closed hasDraft={Object.keys(ready.survey.draft.answers).length > 0} />;
          return <About form={ready} />;
        }}
      </WithForm>
    </Page>
  );
}

function Start({ form }: { form: SurveyForm }) {
  const t = useTexts(surveyTexts);
  const { answers } = useDraft(form);
  const { campaignId, enterpriseId, document } = form.survey;
  const { answered, total } = progressOf(document, answers);
  return (
    <Button
      id="start"
      label={answered > 0 ? t('resume', { answered, total }) : t('start')}
      onTap={() => goTo('surveys/answer', { campaignId, enterpriseId, step: 'go-on' })}
    />
  );
}

function About({ form: { survey } }: { form: SurveyForm }) {
  const t = useTexts(surveyTexts);
  const language = useLanguage();
  const when = useWhen();
  const { document } = survey;
  const { nameVisibility } = document;
  return (
    <>
      <Box className={styles.who}>
        {t('asks', { issuer: survey.issuer, name: survey.enterpriseName })} {survey.isDemo && <DemoTag />}
      </Box>
      <Box as="h2" className={styles.title}>
        {textIn(document.title, language)}
      </Box>
      <Box className={styles.facts}>
        <Fact icon="form" text={t('minutes', { count: survey.minutes, questions: survey.questionCount })} />
        <Fact icon="clock" text={survey.closesAt ? t('before', { when: when.deadline(survey.closesAt) }) : t('noDeadline')} />
        <Fact icon="edit" text={t('canPause')} />
      </Box>
      <Part title={t('why')} text={textIn(document.intro, language)} />
      <Part title={t('use')} text={textIn(document.notice, language)} />
      <Part
        title={t('visibility')}
        text={`${nameVisibility.questionId ? t('visibilityAsked') : t(nameVisibility.default)}${language === 'zh' ? '。' : '. '}${t('visibilityNote')}`}
      />
      <Heading heading={document.heading} />
    </>
  );
}

function Fact({ icon, text }: { icon: IconName; text: string }) {
  return (
    <Box className={styles.fact}>
      <Icon name={icon} className={styles.factIcon} />
      <Inline className={styles.factText}>{text}</Inline>
    </Box>
  );
}

function Part({ title, text }: { title: string; text: string }) {
  if (text.trim() === '') return null;
  return (
    <Box as="section" className={styles.part}>
      <Box as="h3" className={styles.partTitle}>
        {title}
      </Box>
      <Box as="p" className={styles.partText}>
        {text}
      </Box>
    </Box>
  );
}

/** 表号, 制定机关, 批准文号, 有效期: a firm may refuse a form that does not show them. */
function Heading({ heading }: { heading: SurveyHeading }) {
  const t = useTexts(surveyTexts);
  const rows = heading.exempt
    ? [
        [t('issuingBody'), heading.issuingBody],
        [t('exempt'), heading.reason],
      ]
    : [
        [t('tableNumber'), heading.tableNumber],
        [t('issuingBody'), heading.issuingBody],
        [t('approvalNumber'), heading.approvalNumber],
        [t('validUntil'), heading.validUntilOn],
      ];
  return (
    <Box as="section" label={t('heading')} className={styles.headingPart}>
      {rows.map(
        ([name, value]) =>
          value && (
            <Box key={name} className={styles.headingRow}>
              <Inline className={styles.headingName}>{name}</Inline>
              <Inline className={styles.headingValue}>{value}</Inline>
            </Box>
          ),
      )}
    </Box>
  );
}
