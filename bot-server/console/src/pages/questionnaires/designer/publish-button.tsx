import { type QuestionnaireDetail, questionnairesApi } from '@suiban/shared/api/questionnaires';
import { isBlocked, questionsOf } from '@suiban/shared/surveys';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Modal } from 'antd';
import { useState } from 'react';
import { addressOf, call, type Problem } from '../../../api/client';
import { toProblem, useRead, useWrite } from '../../../api/hooks';
import { useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { designerWords } from './designer.words';
import { useDesigner } from './designer-context';
import { Changes } from './save-state';
import type { Autosave } from './use-autosave';

interface PublishButtonProps {
  questionnaire: QuestionnaireDetail;
  autosave: Autosave;
  onShowChecks: () => void;
}

/** A version that never changes: what goes into it is said before. */
export function PublishButton({ questionnaire, autosave, onShowChecks }: PublishButtonProps) {
  const w = useWords(designerWords);
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const client = useQueryClient();
  const params = { questionnaireId: questionnaire.id };
  const publish = useWrite(questionnairesApi.publishQuestionnaire, {
    refresh: [questionnairesApi.listQuestionnaires.id],
    onDone: (published) => {
      client.setQueryData([questionnairesApi.getQuestionnaire.id, addressOf(questionnairesApi.getQuestionnaire, { params })], published);
      setOpen(false);
      void message.success(w('publishedToast', { version: published.latestVersion ?? 1 }));
    },
  });
  const confirm = async () => {
    const revision = await autosave.flush();
    if (revision !== null) publish.mutate({ params, body: { revision } });
  };
  const unchanged = !questionnaire.hasDraftChanges && autosave.state === 'saved';
  return (
    <>
      <Button
        type="primary"
        disabled={unchanged}
        title={unchanged ? w('nothingToPublish') : undefined}
        onClick={() => {
          void autosave.flush();
          publish.reset();
          setOpen(true);
        }}
      >
        {w('publish')}
      </Button>
      <PublishDialog
        questionnaire={questionnaire}
        isOpen={isOpen}
        problem={publish.error ?? (autosave.state === 'failed' ? autosave.problem : null)}
        isBusy={publish.isPending}
        isConflict={autosave.state === 'conflict'}
        onPublish={() => void confirm()}
        onClose={() => setOpen(false)}
        onShowChecks={onShowChecks}
      />
    </>
  );
}

interface PublishDialogProps {
  questionnaire: QuestionnaireDetail;
  isOpen: boolean;
  problem: Problem | null;
  isBusy: boolean;
  isConflict: boolean;
  onPublish: () => void;
  onClose: () => void;
  onShowChecks: () => void;
}

function PublishDialog({ questionnaire, isOpen, problem, isBusy, isConflict, onPublish, onClose, onShowChecks }: PublishDialogProps) {
  const w = useWords(designerWords);
  const { findings } = useDesigner();
  const blocked = isBlocked(findings, 'publish');
  return (
    <Modal
      open={isOpen}
      onCancel={onClose}
      title={w('publishTitle', { version: (questionnaire.latestVersion ?? 0) + 1 })}
      okText={w('publish')}
      okButtonProps={{ disabled: blocked || isConflict }}
      confirmLoading={isBusy}
      onOk={onPublish}
    >
      <ProblemAlert problem={problem} />
      {blocked ? (
        <Alert
          type="error"
          showIcon
          title={w('publishBlocked', { count: findings.filter((each) => each.blocks === 'publish').length })}
          action={
            <Button
              size="small"
              onClick={() => {
                onClose();
                onShowChecks();
              }}
            >
              {w('showChecks')}
            </Button>
          }
        />
      ) : (
        <PublishContents questionnaire={questionnaire} />
      )}
    </Modal>
  );
}

function PublishContents({ questionnaire }: { questionnaire: QuestionnaireDetail }) {
  const w = useWords(designerWords);
  const { editor, findings } = useDesigner();
  const version = questionnaire.latestVersion;
  const before = useRead(
    questionnairesApi.getQuestionnaireVersion,
    { params: { questionnaireId: questionnaire.id, version: version ?? 1 } },
    { enabled: version !== null },
  );
  const holds = findings.filter((each) => each.blocks === 'launch').length;
  return (
    <>
      <p>{w('publishText', { count: questionsOf(editor.document).length, minutes: editor.document.minutes })}</p>
      {before.data ? (
        <>
          <h3 className="findings-title">{w('sinceVersion', { version: before.data.version })}</h3>
          <Changes before={before.data.document} after={editor.document} />
        </>
      ) : null}
      {holds > 0 ? <Alert type="warning" showIcon title={w('publishHolds', { count: holds })} /> : null}
    </>
  );
}

/** Another bureau's questionnaire: read here, changed in a copy. */
export function CopyButton({ onCopied }: { onCopied: (id: string) => void }) {
  const w = useWords(designerWords);
  const { message } = App.useApp();
  const { editor } = useDesigner();
  const [isBusy, setBusy] = useState(false);
  const copy = async () => {
    setBusy(true);
    try {
      onCopied((await call(questionnairesApi.createQuestionnaire, { body: { document: editor.document } })).id);
    } catch (error) {
      const problem = toProblem(error);
      if (!problem) throw error;
      void message.error(problem.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button type="primary" loading={isBusy} onClick={() => void copy()}>
      {w('copyToEdit')}
    </Button>
  );
}
