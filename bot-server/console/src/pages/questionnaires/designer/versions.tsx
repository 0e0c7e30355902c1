import { type QuestionnaireDetail, questionnairesApi } from '@suiban/shared/api/questionnaires';
import { questionsOf, type SurveyDocument } from '@suiban/shared/surveys';
import { Button, Drawer, Empty, Flex, Segmented, Skeleton, Tag } from 'antd';
import { useState } from 'react';
import { useRead } from '../../../api/hooks';
import { useLanguage, useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { kindText } from '../kind-words';
import { AnswerSketch } from './answer-sketch';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { sentencesOf } from './logic-sentences';
import { Changes } from './save-state';

interface VersionsProps {
  questionnaire: QuestionnaireDetail;
  isOpen: boolean;
  onClose: () => void;
}

/** Every published version, as it was published, and what is different now. */
export function Versions({ questionnaire, isOpen, onClose }: VersionsProps) {
  const w = useWords(designerWords);
  const time = useTimeText();
  const [version, setVersion] = useState<number | null>(null);
  const versions = [...questionnaire.versions].sort((one, other) => other.version - one.version);
  return (
    <Drawer
      open={isOpen}
      onClose={onClose}
      size={640}
      title={version === null ? w('versions') : w('versionTitle', { version })}
      destroyOnHidden
    >
      {version === null ? (
        versions.length === 0 ? (
          <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={w('noVersions')} />
        ) : (
          <ul className="plain-list version-list">
            {versions.map((each) => (
              <li key={each.version}>
                <Flex justify="space-between" align="center" gap={16}>
                  <div>
                    <strong>{w('versionTitle', { version: each.version })}</strong>
                    <div className="hint">
                      {each.publishedByName} · {time.stamp(each.publishedAt)} · {w('hash', { hash: each.hash.slice(0, 12) })}
                    </div>
                  </div>
                  <Button onClick={() => setVersion(each.version)} aria-label={w('openVersion', { version: each.version })}>
                    {w('open')}
                  </Button>
                </Flex>
              </li>
            ))}
          </ul>
        )
      ) : (
        <OneVersion questionnaire={questionnaire} version={version} onBack={() => setVersion(null)} />
      )}
    </Drawer>
  );
}

function OneVersion({ questionnaire, version, onBack }: { questionnaire: QuestionnaireDetail; version: number; onBack: () => void }) {
  const w = useWords(designerWords);
  const { editor } = useDesigner();
  const [view, setView] = useState<'content' | 'diff'>('content');
  const read = useRead(questionnairesApi.getQuestionnaireVersion, { params: { questionnaireId: questionnaire.id, version } });
  return (
    <>
      <Flex justify="space-between" style={{ marginBottom: 16 }}>
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'content' as const, label: w('versionContent') },
            { value: 'diff' as const, label: w('versionDiff') },
          ]}
        />
        <Button onClick={onBack}>{w('backToVersions')}</Button>
      </Flex>
      <ProblemAlert problem={read.error} onRetry={() => void read.refetch()} />
      {read.isPending ? <Skeleton active /> : null}
      {read.data ? (
        view === 'content' ? (
          <ReadOnlyDocument document={read.data.document} />
        ) : (
          <Changes before={read.data.document} after={editor.document} />
        )
      ) : null}
    </>
  );
}

function ReadOnlyDocument({ document }: { document: SurveyDocument }) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const sentences = sentencesOf(document, lang);
  return (
    <>
      <h3 className="version-name">{document.title.zh}</h3>
      <p className="quoted">{document.intro.zh}</p>
      <ol className="version-questions">
        {questionsOf(document).map((question) => {
          const sentence = sentences.get(question.id);
          return (
            <li key={question.id}>
              <span>{question.title.zh}</span> <Tag>{kindText(question.kind, lang)}</Tag>
              <Tag>{w(question.required ? 'isRequired' : 'isOptional')}</Tag>
              {sentence ? <p className="question-condition">{w('shownIf', { sentence })}</p> : null}
              <AnswerSketch question={question} isWhole />
            </li>
          );
        })}
      </ol>
    </>
  );
}
