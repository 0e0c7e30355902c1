import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { missingHeadingFields, questionsOf } from '@suiban/shared/surveys';
import { Flex, Input, Radio, Select, Skeleton } from 'antd';
import { Link } from 'react-router';
import { useRead } from '../../../../api/hooks';
import { useWords } from '../../../../i18n/language';
import { ProblemAlert } from '../../../../ui/problem-alert';
import { useTimeText } from '../../../../ui/time-text';
import { Field } from '../field';
import { stepWords } from '../steps.words';
import type { Wizard } from '../use-wizard';

const titleLength = 60;

/** 目的与内容: a questionnaire in a published version, or a notice; and its name. */
export function ContentStep({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { draft, change, faultsAt, isDirty } = wizard;
  const needsTitle = draft.title.trim() === '' && isDirty;
  return (
    <>
      <Field label={w('kind')}>
        {({ id }) => (
          <Radio.Group
            id={id}
            value={draft.kind}
            onChange={(event) => change({ kind: event.target.value, questionnaire: null })}
            options={(['cloud_visit', 'notice'] as const).map((kind) => ({
              value: kind,
              label: (
                <>
                  {w(kind)} <span className="hint">{w(`${kind}Hint`)}</span>
                </>
              ),
            }))}
          />
        )}
      </Field>
      {draft.kind === 'cloud_visit' ? <QuestionnaireFields wizard={wizard} /> : null}
      <Field label={w('title')} hint={w('titleHint')} errors={needsTitle ? [w('needTitle')] : faultsAt('title')}>
        {(field) => (
          <Input
            {...field}
            maxLength={titleLength}
            showCount
            value={draft.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      {draft.kind === 'notice' ? (
        <Field label={w('noticeText')} hint={w('noticeTextHint')} errors={faultsAt('noticeText')}>
          {(field) => (
            <Input.TextArea
              {...field}
              autoSize={{ minRows: 4, maxRows: 14 }}
              maxLength={4000}
              showCount
              value={draft.noticeText}
              onChange={(event) => change({ noticeText: event.target.value })}
            />
          )}
        </Field>
      ) : null}
    </>
  );
}

const mostListed = 200;

function QuestionnaireFields({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { draft, change, faultsAt } = wizard;
  const list = useRead(questionnairesApi.listQuestionnaires, { query: { limit: mostListed } });
  const published = (list.data?.items ?? []).filter((each) => each.latestVersion !== null);
  const chosen = draft.questionnaire;
  const pick = (questionnaireId: string) => {
    const found = published.find((each) => each.id === questionnaireId);
    if (!found || found.latestVersion === null) return;
    // A name the official gave stays; the one taken from the questionnaire before follows.
    const former = published.find((each) => each.id === chosen?.questionnaireId);
    const isOwnTitle = draft.title.trim() !== '' && draft.title !== former?.title.slice(0, titleLength);
    change({
      questionnaire: { questionnaireId, version: found.latestVersion },
      ...(isOwnTitle ? {} : { title: found.title.slice(0, titleLength) }),
    });
  };
  if (list.isPending) return <Skeleton active paragraph={{ rows: 1 }} />;
  return (
    <>
      <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />
      <Flex gap={16} wrap>
        <div style={{ flex: '1 1 320px' }}>
          <Field
            label={w('questionnaire')}
            hint={published.length === 0 && !list.error ? w('noQuestionnaires') : undefined}
            errors={wizard.isDirty || wizard.campaign ? faultsAt('questionnaire') : []}
          >
            {(field) => (
              <Select<string>
                {...field}
                style={{ width: '100%' }}
                placeholder={w('pickQuestionnaire')}
                showSearch={{ optionFilterProp: 'label' }}
                value={chosen?.questionnaireId}
                onChange={pick}
                options={published.map((each) => ({ value: each.id, label: each.title }))}
              />
            )}
          </Field>
        </div>
        {chosen ? <VersionField wizard={wizard} questionnaireId={chosen.questionnaireId} version={chosen.version} /> : null}
      </Flex>
      {wizard.document ? <DocumentFacts wizard={wizard} /> : null}
    </>
  );
}

function VersionField({ wizard, questionnaireId, version }: { wizard: Wizard; questionnaireId: string; version: number }) {
  const w = useWords(stepWords);
  const time = useTimeText();
  const detail = useRead(questionnairesApi.getQuestionnaire, { params: { questionnaireId } });
  const versions = [...(detail.data?.versions ?? [])].sort((one, other) => other.version - one.version);
  const known = versions.some((each) => each.version === version);
  return (
    <div style={{ flex: '0 1 280px' }}>
      <Field label={w('version')}>
        {(field) => (
          <Select<number>
            {...field}
            style={{ width: '100%' }}
            loading={detail.isPending}
            value={version}
            onChange={(next) => wizard.change({ questionnaire: { questionnaireId, version: next } })}
            options={[
              ...versions.map((each, index) => ({
                value: each.version,
                label: `${w('versionOption', { version: each.version, at: time.near(each.publishedAt) })}${index === 0 ? ` · ${w('newest')}` : ''}`,
              })),
              ...(known ? [] : [{ value: version, label: String(version) }]),
            ]}
          />
        )}
      </Field>
    </div>
  );
}

function DocumentFacts({ wizard }: { wizard: Wizard }) {
  const w = useWords(stepWords);
  const { document, draft } = wizard;
  if (!document || !draft.questionnaire) return null;
  const isComplete = missingHeadingFields(document.heading).length === 0;
  return (
    <div className="wizard-note">
      <span>{w('questionnaireFacts', { questions: questionsOf(document).length, minutes: document.minutes })}</span>
      <Link to={`/questionnaires/${draft.questionnaire.questionnaireId}`} target="_blank">
        {w('open')}
      </Link>
      <span>
        {isComplete ? (
          <CheckCircleOutlined aria-hidden style={{ color: 'var(--good)' }} />
        ) : (
          <ExclamationCircleOutlined aria-hidden style={{ color: 'var(--warn)' }} />
        )}{' '}
        {w(isComplete ? 'headingOk' : 'headingNo')}
      </span>
    </div>
  );
}
