import { characterCount } from '@suiban/shared/text';
import { useRef, useState } from 'react';
import { getCity } from '@/api/city';
import { type ApiProblem, asProblem } from '@/api/client';
import { createMyWorkOrder } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { replaceBy } from '@/features/routes';
import { withToken } from '@/features/session';
import { platform } from '@/platform/current';
import { deviceStorage } from '@/platform/storage';
import { Failed, Notice, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { Field, TextArea } from '@/ui/form';
import { Page } from '@/ui/page';
import { SelectInput } from '@/ui/pick';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import styles from '../../appeals.module.scss';
import { AsEnterprise } from '../../as-enterprise';
import { appealTexts } from '../../texts';

export default function NewAppealPage() {
  const t = useTexts(appealTexts);
  return (
    <Page title={t('new')}>
      <AsEnterprise>
        {(token, { enterpriseId, name }) => <Form key={enterpriseId} token={token} enterpriseId={enterpriseId} name={name} />}
      </AsEnterprise>
    </Page>
  );
}

interface Kept {
  matterId: string;
  text: string;
}
const least = 5;
const longest = 2000;

/** What is typed is kept on the device until it is submitted. */
function Form({ token, enterpriseId, name }: { token: string; enterpriseId: string; name: string }) {
  const t = useTexts(appealTexts);
  const say = useProblemText();
  const key = `draft.appeal.${enterpriseId}`;
  const city = useResource('city', getCity);
  const [kept, setKept] = useState<Kept>(() => ({ matterId: '', text: '', ...(deviceStorage.read(key) as Partial<Kept> | undefined) }));
  const [errors, setErrors] = useState<{ matter?: string; text?: string }>({});
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isBusy, setBusy] = useState(false);
  const attempt = useRef({ id: platform.randomId(), content: '' });
  const change = (part: Partial<Kept>) => {
    const next = { ...kept, ...part };
    setKept(next);
    deviceStorage.write(key, next);
  };
  const submit = async () => {
    const text = kept.text.trim();
    const found = {
      matter: kept.matterId ? undefined : t('matterMissing'),
      text: characterCount(text) < least ? t('textMissing') : undefined,
    };
    setErrors(found);
    if (found.matter || found.text) return;
    const body = { enterpriseId, matterId: kept.matterId, text };
    // A repeat of the same content (after a lost answer) carries the same key; a changed one is another request.
    const content = JSON.stringify(body);
    if (attempt.current.content !== content) attempt.current = { id: platform.randomId(), content };
    setBusy(true);
    setProblem(null);
    try {
      const order = await withToken(token, (own) => createMyWorkOrder(own, body, attempt.current.id));
      deviceStorage.remove(key);
      showToast(t('submitted'));
      replaceBy('appeals/detail', { id: order.id });
    } catch (reason) {
      setProblem(asProblem(reason));
      setBusy(false);
    }
  };
  if (city.resource.state === 'failed') return <Failed problem={city.resource.problem} onRetry={city.reload} />;
  if (city.resource.state === 'loading') return <Skeleton />;
  return (
    <Box className={styles.panel}>
      <Box className={styles.as}>{t('as', { name })}</Box>
      <Field id="matter" label={t('matter')} error={errors.matter}>
        <SelectInput
          id="matter"
          label={t('matter')}
          options={city.resource.value.matters.map((each) => ({ value: each.id, label: each.name }))}
          value={kept.matterId}
          placeholder={t('chooseMatter')}
          isInvalid={!!errors.matter}
          describedBy="matter-error"
          onChange={(matterId) => change({ matterId })}
        />
      </Field>
      <Field id="text" label={t('text')} hint={t('textHint')} error={errors.text}>
        <TextArea
          id="text"
          label={t('text')}
          value={kept.text}
          maxLength={longest}
          isInvalid={!!errors.text}
          describedBy="text-error"
          onChange={(text) => change({ text })}
        />
      </Field>
      <Box role="alert" className={styles.problem}>
        {problem && <Notice tone="bad">{say(problem)}</Notice>}
      </Box>
      <Button label={t('submit')} isBusy={isBusy} onTap={() => void submit()} />
    </Box>
  );
}
