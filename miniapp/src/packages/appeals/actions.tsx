import { useState } from 'react';
import { asProblem } from '@/api/client';
import { type MyWorkOrder, urgeWorkOrder } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { withToken } from '@/features/session';
import { Button } from '@/ui/button';
import { Box } from '@/ui/elements';
import { useProblemText } from '@/ui/problem-texts';
import { showToast } from '@/ui/toast';
import styles from './appeals.module.scss';
import { RatingSheet } from './rating-sheet';
import { appealTexts } from './texts';
import { ReopenSheet, SupplementSheet } from './written-sheet';

export interface ActionProps {
  token: string;
  order: MyWorkOrder;
  onChange: (order: MyWorkOrder) => void;
}
type Action = MyWorkOrder['actions'][number];

/** What the firm may do now, as the server says; a rating comes first, where one is due. */
export function Actions({ token, order, onChange }: ActionProps) {
  const t = useTexts(appealTexts);
  const say = useProblemText();
  const [open, setOpen] = useState<Exclude<Action, 'urge'> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const urge = async () => {
    setBusy(true);
    try {
      onChange(await withToken(token, (own) => urgeWorkOrder(own, order.id)));
      showToast(t('urged'));
    } catch (reason) {
      showToast(say(asProblem(reason)));
    }
    setBusy(false);
  };
  const done = (changed: MyWorkOrder, text: string) => {
    setOpen(null);
    onChange(changed);
    showToast(text);
  };
  const isPrimary = (action: Action) => action === 'rate' || (action === 'urge' && !order.actions.includes('rate'));
  const inOrder = (['reopen', 'supplement', 'urge', 'rate'] as const).filter((each) => order.actions.includes(each));
  return (
    <>
      <Box className={styles.actions}>
        {inOrder.map((action) => (
          <Box key={action} className={styles.action}>
            <Button
              kind={isPrimary(action) ? 'primary' : 'plain'}
              label={t(action)}
              isBusy={action === 'urge' && isBusy}
              onTap={() => (action === 'urge' ? void urge() : setOpen(action))}
            />
          </Box>
        ))}
      </Box>
      {open === 'rate' && (
        <RatingSheet token={token} order={order} onClose={() => setOpen(null)} onDone={(changed) => done(changed, t('ratedDone'))} />
      )}
      {open === 'supplement' && (
        <SupplementSheet token={token} order={order} onClose={() => setOpen(null)} onDone={(changed) => done(changed, t('supplemented'))} />
      )}
      {open === 'reopen' && (
        <ReopenSheet token={token} order={order} onClose={() => setOpen(null)} onDone={(changed) => done(changed, t('reopened'))} />
      )}
    </>
  );
}
