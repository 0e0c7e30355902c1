import { useTexts } from '@/features/language';
import { goTo } from '@/features/routes';
import { Box, Tap } from '@/ui/elements';
import { ChoiceList, FieldError } from '@/ui/form';
import styles from './account.module.scss';
import { accountTexts } from './texts';

/** Never ticked beforehand. */
export function Consent({ isGiven, onChange, error }: { isGiven: boolean; onChange: (isGiven: boolean) => void; error?: string }) {
  const t = useTexts(accountTexts);
  return (
    <Box className={styles.consent}>
      <ChoiceList
        name="consent"
        label={t('consent')}
        kind="checkbox"
        choices={[{ value: 'yes', label: t('consent') }]}
        chosen={isGiven ? ['yes'] : []}
        onChange={(chosen) => onChange(chosen.length > 0)}
        isInvalid={!!error}
        describedBy="consent-error"
      />
      <Box className={styles.links}>
        <Tap className={styles.link} role="link" onTap={() => goTo('account/legal', { document: 'privacy' })}>
          {t('privacy')}
        </Tap>
        <Tap className={styles.link} role="link" onTap={() => goTo('account/legal', { document: 'terms' })}>
          {t('terms')}
        </Tap>
      </Box>
      <FieldError id="consent-error" error={error} />
    </Box>
  );
}
