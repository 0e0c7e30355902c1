import { useRouter } from '@tarojs/taro';
import { useCity } from '@/features/city';
import { useLanguage, useTexts } from '@/features/language';
import { Box } from '@/ui/elements';
import { Page } from '@/ui/page';
import styles from '../../account.module.scss';
import { legalTexts } from '../../legal-texts';
import { accountTexts } from '../../texts';

export default function LegalPage() {
  const t = useTexts(accountTexts);
  const language = useLanguage();
  const city = useCity();
  const which = useRouter().params.document === 'terms' ? 'terms' : 'privacy';
  const names = { name: city?.productName ?? '', operator: city?.footer.operator ?? '', hotline: city?.hotline ?? '' };
  return (
    <Page title={t(which)}>
      <Box className={styles.legal}>
        {legalTexts[which][language].map(({ head, text }) => (
          <Box key={head} as="section">
            <Box as="h2" className={styles.legalHead}>
              {head}
            </Box>
            <Box as="p" className={styles.legalText}>
              {text(names)}
            </Box>
          </Box>
        ))}
      </Box>
    </Page>
  );
}
