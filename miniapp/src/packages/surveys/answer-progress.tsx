import { useTexts } from '@/features/language';
import type { DraftState } from '@/features/surveys/draft';
import { Progress } from '@/ui/blocks';
import { Box, Inline } from '@/ui/elements';
import { Icon } from '@/ui/icon';
import styles from './surveys.module.scss';
import { surveyTexts } from './texts';

/** Where one is, and quietly that everything is kept. */
export function AnswerProgress({ at, total, state }: { at: number; total: number; state: DraftState }) {
  const t = useTexts(surveyTexts);
  const position = t('position', { at: at + 1, total });
  const isQuiet = state.state === 'saved' && !state.hasSaved;
  return (
    <Box className={styles.progress}>
      <Progress share={(at + 1) / total} label={position} isThin />
      <Box className={styles.progressLine}>
        <Inline id="position">{position}</Inline>
        {!isQuiet && (
          <Inline id="saved" className={styles.saved}>
            {state.state === 'saved' && <Icon name="check" size={16} className={styles.savedIcon} />}
            {t(state.state)}
          </Inline>
        )}
      </Box>
    </Box>
  );
}
