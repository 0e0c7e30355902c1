import { CheckCircleOutlined, ExclamationCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { diffDocuments, type SurveyDocument } from '@suiban/shared/surveys';
import { Alert, App, Button, Flex } from 'antd';
import { useLanguage, useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import { designerWords } from './designer.words';
import type { Autosave } from './use-autosave';
import type { Editor } from './use-editing';

/** “已保存 14:30”, said quietly at the top. */
export function SaveState({ autosave }: { autosave: Autosave }) {
  const w = useWords(designerWords);
  const time = useTimeText();
  const { state, savedAt } = autosave;
  const icon =
    state === 'saved' ? (
      <CheckCircleOutlined />
    ) : state === 'saving' || state === 'waiting' ? (
      <LoadingOutlined />
    ) : (
      <ExclamationCircleOutlined />
    );
  const text = state === 'saved' ? w('saved', { at: time.near(savedAt) }) : w(state === 'waiting' ? 'saving' : state);
  return (
    <span className={`save-state ${state}`} role="status">
      {icon} {text}
    </span>
  );
}

/** A refusal, or a colleague who saved first: nothing is lost, and a person says what counts. */
export function SaveTrouble({ autosave, editor }: { autosave: Autosave; editor: Editor }) {
  const w = useWords(designerWords);
  const time = useTimeText();
  const { modal } = App.useApp();
  const { theirs } = autosave;
  if (autosave.state === 'failed') return <ProblemAlert problem={autosave.problem} onRetry={() => void autosave.flush()} />;
  if (autosave.state !== 'conflict' || !theirs) return null;
  const takeTheirs = () => {
    autosave.takeTheirs();
    editor.edit(() => theirs.document);
  };
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      style={{ margin: '0 0 16px' }}
      title={w('conflictTitle', { name: theirs.updatedByName, at: time.near(theirs.updatedAt) })}
      description={
        <>
          <p>{w('conflictText')}</p>
          <Flex gap={8} wrap>
            <Button
              size="small"
              onClick={() =>
                modal.info({
                  title: w('conflictDiff'),
                  width: 640,
                  content: <Changes before={theirs.document} after={editor.document} />,
                  okText: w('close'),
                })
              }
            >
              {w('conflictDiff')}
            </Button>
            <Button size="small" onClick={autosave.takeMine}>
              {w('conflictMine')}
            </Button>
            <Button size="small" onClick={takeTheirs}>
              {w('conflictTheirs')}
            </Button>
          </Flex>
        </>
      }
    />
  );
}

/** What differs, in words. */
export function Changes({ before, after }: { before: SurveyDocument; after: SurveyDocument }) {
  const w = useWords(designerWords);
  const { lang } = useLanguage();
  const changes = diffDocuments(before, after);
  if (changes.length === 0) return <p className="hint">{w('noChanges')}</p>;
  return (
    <ul className="changes">
      {changes.map((change) => (
        <li key={`${change.kind} ${change.where} ${change.detail.zh}`}>{change.detail[lang]}</li>
      ))}
    </ul>
  );
}
