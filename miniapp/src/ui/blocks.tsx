import type { ReactNode } from 'react';
import type { ApiProblem } from '@/api/client';
import { useCity } from '@/features/city';
import { useTexts } from '@/features/language';
import styles from './blocks.module.scss';
import { Button } from './button';
import { Box, Inline, Tap } from './elements';
import { Icon, type IconName } from './icon';
import { useProblemText } from './problem-texts';
import { uiTexts } from './texts';

export function Card({
  children,
  onTap,
  label,
  className = '',
}: {
  children: ReactNode;
  onTap?: () => void;
  label?: string;
  className?: string;
}) {
  if (!onTap) return <Box className={`${styles.card} ${className}`}>{children}</Box>;
  return (
    <Tap className={`${styles.card} ${styles.tappable} ${className}`} label={label} onTap={onTap}>
      {children}
    </Tap>
  );
}

/** A titled part of a page. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <Box as="section" className={styles.section}>
      <Box className={styles.sectionHead}>
        <Box as="h2" className={styles.sectionTitle}>
          {title}
        </Box>
        {aside}
      </Box>
      {children}
    </Box>
  );
}

export type Tone = 'plain' | 'primary' | 'good' | 'warn' | 'bad';

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return <Inline className={`${styles.tag} ${styles[`tag-${tone}`]}`}>{children}</Inline>;
}

/** On what is synthetic among the real; where everything is, the page says so once. */
export function DemoTag() {
  const t = useTexts(uiTexts);
  const city = useCity();
  if (city?.isDemo) return null;
  return <Tag tone="warn">{t('demo')}</Tag>;
}

/** One line of a list that leads somewhere, or shows a value. */
export function Row({
  icon,
  title,
  value,
  note,
  onTap,
}: {
  icon?: IconName;
  title: string;
  value?: ReactNode;
  note?: string;
  onTap?: () => void;
}) {
  const content = (
    <>
      {icon && <Icon name={icon} className={styles.rowIcon} />}
      <Inline className={styles.rowText}>
        <Inline className={styles.rowTitle}>{title}</Inline>
        {note && <Inline className={styles.rowNote}>{note}</Inline>}
      </Inline>
      {value !== undefined && <Inline className={styles.rowValue}>{value}</Inline>}
      {onTap && <Icon name="next" size={16} className={styles.rowNext} />}
    </>
  );
  if (!onTap) return <Box className={styles.row}>{content}</Box>;
  return (
    <Tap className={styles.row} onTap={onTap}>
      {content}
    </Tap>
  );
}

export function Progress({ share, label, isThin = false }: { share: number; label: string; isThin?: boolean }) {
  const percent = Math.round(Math.min(Math.max(share, 0), 1) * 100);
  return (
    <Box className={`${styles.track} ${isThin ? styles.thin : ''}`} role="progressbar" label={label} valueNow={percent}>
      <Box className={styles.bar} style={{ width: `${percent}%` }} />
    </Box>
  );
}

const boneIds = ['first', 'second', 'third'] as const;

/** Where the content will be. */
export function Skeleton({ cards = 2 }: { cards?: 1 | 2 | 3 }) {
  const t = useTexts(uiTexts);
  return (
    <Box role="status" label={t('loading')}>
      {boneIds.slice(0, cards).map((id) => (
        <Box key={id} isDecoration className={styles.card}>
          <Box className={`${styles.bone} ${styles.boneTitle}`} />
          <Box className={styles.bone} />
          <Box className={`${styles.bone} ${styles.boneShort}`} />
        </Box>
      ))}
    </Box>
  );
}

/** Says what will be here, and offers the first step. */
export function Empty({ icon, title, text, action }: { icon: IconName; title: string; text?: string; action?: ReactNode }) {
  return (
    <Box className={styles.empty}>
      <Icon name={icon} size={48} className={styles.emptyIcon} />
      <Box as="p" className={styles.emptyTitle}>
        {title}
      </Box>
      {text && (
        <Box as="p" className={styles.emptyText}>
          {text}
        </Box>
      )}
      {action && <Box className={styles.emptyAction}>{action}</Box>}
    </Box>
  );
}

export function Failed({ problem, onRetry }: { problem: ApiProblem; onRetry?: () => void }) {
  const t = useTexts(uiTexts);
  const say = useProblemText();
  return (
    <Box role="alert">
      <Empty
        icon="warn"
        title={t('failedTitle')}
        text={say(problem)}
        action={onRetry && <Button kind="plain" label={t('retry')} onTap={onRetry} isNarrow />}
      />
    </Box>
  );
}

/** A line about the state of things: colour, and always an icon and words. */
export function Notice({ tone, children }: { tone: Exclude<Tone, 'plain'>; children: ReactNode }) {
  const icon: IconName = tone === 'good' ? 'check' : tone === 'primary' ? 'info' : 'warn';
  return (
    <Box className={`${styles.notice} ${styles[`tag-${tone}`]}`}>
      <Icon name={icon} className={styles.noticeIcon} />
      <Box className={styles.noticeText}>{children}</Box>
    </Box>
  );
}

export interface TimelineStep {
  id: string;
  title: string;
  when: string;
  who: string;
  text?: string | null;
  files?: readonly { id: string; name: string; onOpen: () => void }[];
}

/** What happened, newest first. */
export function Timeline({ steps }: { steps: readonly TimelineStep[] }) {
  return (
    <Box as="ol" className={styles.timeline}>
      {steps.map((step, at) => (
        <Box as="li" key={step.id} className={`${styles.step} ${at === 0 ? styles.stepNow : ''}`}>
          <Box isDecoration className={styles.dot} />
          <Box className={styles.stepTitle}>{step.title}</Box>
          <Box className={styles.stepMeta}>
            {step.who} · {step.when}
          </Box>
          {step.text && <Box className={styles.stepText}>{step.text}</Box>}
          {step.files?.map((file) => (
            <Tap key={file.id} className={styles.file} onTap={file.onOpen}>
              <Icon name="form" className={styles.fileIcon} />
              <Inline className={styles.fileName}>{file.name}</Inline>
            </Tap>
          ))}
        </Box>
      ))}
    </Box>
  );
}
