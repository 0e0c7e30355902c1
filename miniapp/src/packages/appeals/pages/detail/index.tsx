import { textIn } from '@suiban/shared/words';
import { useRouter } from '@tarojs/taro';
import { type Attachment, attachmentPath, getMyWorkOrder, type MyWorkOrder } from '@/api/work-orders';
import { useLanguage, useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { goTo } from '@/features/routes';
import { useTokenFor, withToken } from '@/features/session';
import { OrderState } from '@/features/work-orders/order-card';
import { platform } from '@/platform/current';
import { Card, Empty, Failed, Section, Skeleton, Timeline } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Box, Inline } from '@/ui/elements';
import { Page } from '@/ui/page';
import { showToast } from '@/ui/toast';
import { useWhen } from '@/ui/when';
import { Actions } from '../../actions';
import styles from '../../appeals.module.scss';
import { satisfactionKeys } from '../../satisfaction';
import { stepTitles } from '../../step-titles';
import { appealTexts } from '../../texts';

export default function AppealPage() {
  const t = useTexts(appealTexts);
  const { id = '', campaignId, enterpriseId } = useRouter().params;
  const token = useTokenFor(campaignId, enterpriseId);
  const order = useResource(token && id ? `${token} ${id}` : null, () => withToken(token ?? '', (own) => getMyWorkOrder(own, id)));
  const { resource, reload, replace } = order;
  const isReady = token && resource.state === 'ready';
  return (
    <Page
      title={t('detail')}
      footer={
        isReady && resource.value.actions.length > 0 ? <Actions token={token} order={resource.value} onChange={replace} /> : undefined
      }
    >
      {!token && (
        <Empty
          icon="person"
          title={t('signInTitle')}
          text={t('signInText')}
          action={<Button isNarrow label={t('signIn')} onTap={() => goTo('account/sign-in', {})} />}
        />
      )}
      {token && resource.state === 'failed' && <Failed problem={resource.problem} onRetry={reload} />}
      {token && resource.state === 'loading' && <Skeleton cards={2} />}
      {isReady && <Progress token={token} order={resource.value} />}
    </Page>
  );
}

function Progress({ token, order }: { token: string; order: MyWorkOrder }) {
  const t = useTexts(appealTexts);
  const when = useWhen();
  const due = order.dueAt && (order.isDueProvisional ? t('provisional', { when: when.deadline(order.dueAt) }) : when.deadline(order.dueAt));
  const { rating } = order;
  const facts = [
    { name: t('bureau'), value: order.bureauName },
    { name: t('due'), value: due },
    {
      name: t('rated'),
      value: rating && t('ratedWords', { solved: t(rating.solved), satisfaction: t(satisfactionKeys[rating.satisfaction] ?? 's3') }),
    },
  ];
  return (
    <>
      <Box className={styles.now}>
        <OrderState state={order.state} />
        <Box as="h2" className={styles.sentence}>
          {order.sentence}
        </Box>
        <Box className={styles.number}>{t('number', { number: order.number })}</Box>
        <Box className={styles.facts}>
          {facts.map(
            ({ name, value }) =>
              value && (
                <Box key={name} className={styles.fact}>
                  <Inline className={styles.factName}>{name}</Inline>
                  <Inline className={styles.factValue}>{value}</Inline>
                </Box>
              ),
          )}
        </Box>
      </Box>
      {order.reply && (
        <Section title={t('reply')}>
          <Card>
            <Box className={styles.words}>{order.reply}</Box>
          </Card>
        </Section>
      )}
      <Section title={t('what')}>
        <Card>
          <Box className={styles.title}>{order.title}</Box>
          <Box className={styles.words}>{order.text}</Box>
        </Card>
      </Section>
      <Section title={t('timeline')}>
        <Card>
          <Steps token={token} order={order} />
        </Card>
      </Section>
    </>
  );
}

function Steps({ token, order }: { token: string; order: MyWorkOrder }) {
  const t = useTexts(appealTexts);
  const when = useWhen();
  const language = useLanguage();
  const open = ({ id, fileName, mimeType }: Attachment) =>
    platform.openFile({ path: attachmentPath(order.id, id), token, fileName, mimeType }).catch(() => showToast(t('fileFailed')));
  const steps = [...order.timeline].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return (
    <Timeline
      steps={steps.map((each) => ({
        id: each.id,
        title: textIn(stepTitles[each.action], language),
        who: each.actorLabel,
        when: when.instant(each.at),
        text: each.text,
        files: each.attachments.map((file) => ({ id: file.id, name: file.fileName, onOpen: () => void open(file) })),
      }))}
    />
  );
}
