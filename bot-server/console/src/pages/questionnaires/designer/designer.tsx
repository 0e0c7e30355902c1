import { HistoryOutlined, MobileOutlined, PlusOutlined, RedoOutlined, UndoOutlined } from '@ant-design/icons';
import type { QuestionnaireDetail } from '@suiban/shared/api/questionnaires';
import { checkDocument, type DocumentFinding, type SurveyDocument } from '@suiban/shared/surveys';
import { Alert, Badge, Button, Tabs, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../../../i18n/language';
import { useSession } from '../../../layout/session';
import { Page } from '../../../ui/page';
import { questionnaireWords } from '../questionnaires.words';
import { Canvas, KindMenu } from './canvas';
import { Checks } from './checks';
import { designerWords } from './designer.words';
import { DesignerContext, useDesigner } from './designer-context';
import { Logic } from './logic';
import { Outline } from './outline';
import { CopyButton, PublishButton } from './publish-button';
import { SaveState, SaveTrouble } from './save-state';
import { Settings } from './settings/settings';
import { TrialPhone } from './trial/trial-phone';
import { type Autosave, useAutosave } from './use-autosave';
import { useEditing } from './use-editing';
import { useUndoKeys } from './use-shortcuts';
import { Versions } from './versions';
import './designer.css';

type Panel = 'settings' | 'checks' | 'logic';

/** Reachability tries thousands of answers on a long form: not on every letter. */
const checkAfterMs = 400;

function useFindings(document: SurveyDocument): readonly DocumentFinding[] {
  const [findings, setFindings] = useState<readonly DocumentFinding[]>(() => checkDocument(document));
  useEffect(() => {
    const timer = setTimeout(() => setFindings(checkDocument(document)), checkAfterMs);
    return () => clearTimeout(timer);
  }, [document]);
  return findings;
}

/** Outline, canvas, settings and the phone over one document that saves itself. */
export function Designer({ questionnaire }: { questionnaire: QuestionnaireDetail }) {
  const w = useWords(designerWords);
  const words = useWords(questionnaireWords);
  const { me, may } = useSession();
  const isReadOnly = !may('questionnaires.write') || questionnaire.bureauId !== me.bureauId || questionnaire.state === 'archived';
  const editor = useEditing(questionnaire.document);
  const autosave = useAutosave(questionnaire, editor.document, !isReadOnly);
  const findings = useFindings(editor.document);
  useUndoKeys(editor, !isReadOnly);
  const [panel, setPanel] = useState<Panel>('settings');
  const [hasPhone, setPhone] = useState(() => window.innerWidth >= 1360);
  const title = editor.document.title.zh || words('unsaved');
  return (
    <DesignerContext.Provider value={{ editor, findings, isReadOnly }}>
      <Page
        title={title}
        isWorkspace
        trail={[{ label: words('title'), to: '/questionnaires' }, { label: title }]}
        tags={<StateTags questionnaire={questionnaire} isChanged={questionnaire.hasDraftChanges || autosave.state !== 'saved'} />}
        subtitle={isReadOnly ? undefined : <SaveState autosave={autosave} />}
        actions={
          <Toolbar
            questionnaire={questionnaire}
            autosave={autosave}
            hasPhone={hasPhone}
            onPhone={() => setPhone((before) => !before)}
            onShowChecks={() => setPanel('checks')}
          />
        }
      >
        {isReadOnly ? <Alert type="info" showIcon style={{ marginBottom: 16 }} title={w('readOnly')} /> : null}
        <SaveTrouble autosave={autosave} editor={editor} />
        <div className={hasPhone ? 'designer with-phone' : 'designer'}>
          <Outline />
          <Canvas />
          <aside className="designer-side" aria-label={w('sidePanel')}>
            <SideTabs panel={panel} onPanel={setPanel} />
          </aside>
          {hasPhone ? <TrialPhone document={editor.document} selection={editor.selection} /> : null}
        </div>
      </Page>
    </DesignerContext.Provider>
  );
}

function SideTabs({ panel, onPanel }: { panel: Panel; onPanel: (panel: Panel) => void }) {
  const w = useWords(designerWords);
  const { findings } = useDesigner();
  const errors = findings.filter((each) => each.severity === 'error').length;
  return (
    <Tabs
      activeKey={panel}
      onChange={(key) => onPanel(key as Panel)}
      items={[
        { key: 'settings', label: w('settings'), children: <Settings /> },
        {
          key: 'checks',
          label: (
            <span>
              {w('checks')} <Badge count={findings.length} color={errors > 0 ? 'var(--bad)' : 'var(--warn)'} size="small" />
            </span>
          ),
          children: <Checks onJump={() => onPanel('settings')} />,
        },
        { key: 'logic', label: w('logic'), children: <Logic /> },
      ]}
    />
  );
}

function StateTags({ questionnaire, isChanged }: { questionnaire: QuestionnaireDetail; isChanged: boolean }) {
  const w = useWords(questionnaireWords);
  const { latestVersion } = questionnaire;
  if (latestVersion === null) return <Tag>{w('draft')}</Tag>;
  return (
    <>
      <Tag color="success">
        {w('published')} v{latestVersion}
      </Tag>
      {isChanged ? <Tag color="warning">{w('changed')}</Tag> : null}
    </>
  );
}

interface ToolbarProps {
  questionnaire: QuestionnaireDetail;
  autosave: Autosave;
  hasPhone: boolean;
  onPhone: () => void;
  onShowChecks: () => void;
}

function Toolbar({ questionnaire, autosave, hasPhone, onPhone, onShowChecks }: ToolbarProps) {
  const w = useWords(designerWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const { editor, isReadOnly } = useDesigner();
  const [hasVersions, setVersions] = useState(false);
  return (
    <>
      {isReadOnly ? null : (
        <>
          <Button icon={<UndoOutlined />} aria-label={w('undo')} title={w('undo')} disabled={!editor.canUndo} onClick={editor.undo} />
          <Button icon={<RedoOutlined />} aria-label={w('redo')} title={w('redo')} disabled={!editor.canRedo} onClick={editor.redo} />
          <KindMenu place={editor.selection}>
            <Button icon={<PlusOutlined />}>{w('addQuestion')}</Button>
          </KindMenu>
        </>
      )}
      <Button icon={<MobileOutlined />} aria-pressed={hasPhone} onClick={onPhone}>
        {w(hasPhone ? 'hidePhone' : 'showPhone')}
      </Button>
      <Button icon={<HistoryOutlined />} onClick={() => setVersions(true)}>
        {w('versions')}
      </Button>
      {isReadOnly ? (
        may('questionnaires.write') ? (
          <CopyButton onCopied={(id) => navigate(`/questionnaires/${id}`)} />
        ) : null
      ) : may('questionnaires.publish') ? (
        <PublishButton questionnaire={questionnaire} autosave={autosave} onShowChecks={onShowChecks} />
      ) : null}
      <Versions questionnaire={questionnaire} isOpen={hasVersions} onClose={() => setVersions(false)} />
    </>
  );
}
