import { CheckOutlined, ClockCircleOutlined, SyncOutlined, WarningOutlined } from '@ant-design/icons';
import { Alert, Button, Flex } from 'antd';
import { useWords } from '../../../i18n/language';
import { ProblemAlert } from '../../../ui/problem-alert';
import { useTimeText } from '../../../ui/time-text';
import type { DraftKeeper } from './use-campaign-draft';
import { wizardWords } from './wizard.words';

/** Saved, saving, not yet saved and why; after a conflict the two ways on. */
export function SaveState({ wizard }: { wizard: DraftKeeper }) {
  const w = useWords(wizardWords);
  if (wizard.isConflict) return <Conflict wizard={wizard} />;
  return (
    <div className="save-state" aria-live="polite">
      <SaveLine wizard={wizard} />
      {wizard.problem ? (
        <>
          <ProblemAlert problem={wizard.problem} />
          <Button size="small" onClick={() => void wizard.save()}>
            {w('saveNow')}
          </Button>
        </>
      ) : null}
    </div>
  );
}

function SaveLine({ wizard }: { wizard: DraftKeeper }) {
  const w = useWords(wizardWords);
  const time = useTimeText();
  const { isSaving, isDirty, problem, obstacle, savedAt, campaign } = wizard;
  const line = isSaving
    ? { icon: <SyncOutlined aria-hidden spin />, text: w('saving') }
    : problem
      ? { icon: <WarningOutlined aria-hidden style={{ color: 'var(--bad)' }} />, text: w('failed') }
      : isDirty && obstacle
        ? { icon: <WarningOutlined aria-hidden style={{ color: 'var(--warn)' }} />, text: w('blocked', { reason: w(obstacle) }) }
        : isDirty
          ? { icon: <ClockCircleOutlined aria-hidden />, text: w('unsaved') }
          : savedAt
            ? {
                icon: <CheckOutlined aria-hidden style={{ color: 'var(--good)' }} />,
                text: w('saved', { at: time.near(savedAt.toISOString()) }),
              }
            : campaign
              ? null
              : { icon: <ClockCircleOutlined aria-hidden />, text: w('untouched') };
  return line ? (
    <span className="hint">
      {line.icon} {line.text}
    </span>
  ) : null;
}

function Conflict({ wizard }: { wizard: DraftKeeper }) {
  const w = useWords(wizardWords);
  return (
    <Alert
      type="warning"
      role="alert"
      title={w('conflict')}
      description={
        <Flex vertical gap={8}>
          <span>{w('conflictHint')}</span>
          <Button size="small" onClick={() => void wizard.loadTheirs()}>
            {w('loadTheirs')}
          </Button>
          <Button size="small" danger onClick={() => void wizard.keepMine()}>
            {w('keepMine')}
          </Button>
        </Flex>
      }
    />
  );
}
