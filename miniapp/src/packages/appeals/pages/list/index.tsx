import { listMyWorkOrders } from '@/api/work-orders';
import { useTexts } from '@/features/language';
import { useResource } from '@/features/resource';
import { goTo } from '@/features/routes';
import { withToken } from '@/features/session';
import { OrderCard } from '@/features/work-orders/order-card';
import { Empty, Failed, Skeleton } from '@/ui/blocks';
import { Button } from '@/ui/button';
import { Page } from '@/ui/page';
import { AsEnterprise } from '../../as-enterprise';
import { appealTexts } from '../../texts';

export default function AppealsPage() {
  const t = useTexts(appealTexts);
  return (
    <Page title={t('list')} footer={<Button label={t('report')} onTap={() => goTo('appeals/new', {})} />}>
      <AsEnterprise>{(token, { enterpriseId }) => <Orders token={token} enterpriseId={enterpriseId} />}</AsEnterprise>
    </Page>
  );
}

function Orders({ token, enterpriseId }: { token: string; enterpriseId: string }) {
  const t = useTexts(appealTexts);
  const { resource, reload } = useResource(`${token} ${enterpriseId}`, () =>
    withToken(token, (own) => listMyWorkOrders(own, enterpriseId)),
  );
  if (resource.state === 'failed') return <Failed problem={resource.problem} onRetry={reload} />;
  if (resource.state === 'loading') return <Skeleton cards={3} />;
  if (resource.value.items.length === 0) return <Empty icon="speech" title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <>
      {resource.value.items.map((each) => (
        <OrderCard key={each.id} order={each} />
      ))}
    </>
  );
}
