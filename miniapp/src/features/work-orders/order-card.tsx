import { textIn } from '@suiban/shared/words';
import { stateWords } from '@suiban/shared/work-orders';
import type { MyWorkOrder } from '@/api/work-orders';
import { Card, Tag, type Tone } from '@/ui/blocks';
import { Inline } from '@/ui/elements';
import { useWhen } from '@/ui/when';
import { useLanguage, useTexts } from '../language';
import { goTo } from '../routes';
import styles from './order-card.module.scss';
import { orderTexts } from './texts';

const tones: Readonly<Record<MyWorkOrder['state'], Tone>> = {
  'to-assign': 'plain',
  'to-accept': 'plain',
  handling: 'primary',
  'reply-review': 'primary',
  'awaiting-rating': 'warn',
  closed: 'good',
};

export function OrderState({ state }: { state: MyWorkOrder['state'] }) {
  const language = useLanguage();
  return <Tag tone={tones[state]}>{textIn(stateWords[state], language)}</Tag>;
}

export function OrderCard({ order }: { order: MyWorkOrder }) {
  const t = useTexts(orderTexts);
  const when = useWhen();
  return (
    <Card onTap={() => goTo('appeals/detail', { id: order.id })}>
      <Inline className={styles.head}>
        <OrderState state={order.state} />
        <Inline className={styles.matter}>{order.matterName}</Inline>
      </Inline>
      <Inline className={styles.title}>{order.title}</Inline>
      <Inline className={styles.sentence}>{order.sentence}</Inline>
      <Inline
        className={styles.meta}
      >{`${t('number', { number: order.number })} · ${t('submitted', { when: when.instant(order.createdAt) })}`}</Inline>
    </Card>
  );
}
