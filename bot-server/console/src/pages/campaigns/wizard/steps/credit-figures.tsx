import { subscriptionsApi } from '@suiban/shared/api/messages';
import { groupDigits } from '@suiban/shared/time';
import { useRead } from '../../../../api/hooks';
import { useWords } from '../../../../i18n/language';
import { useSession } from '../../../../layout/session';
import { useTimeText } from '../../../../ui/time-text';
import { planWords } from './plan.words';

/** 可发次数 of one template over everybody: how many, and how old the permissions are. */
export function CreditFigures({ channel, templateId }: { channel: string; templateId: string }) {
  const w = useWords(planWords);
  const time = useTimeText();
  const { may } = useSession();
  const figures = useRead(subscriptionsApi.listCreditFigures, {}, { enabled: may('subscriptions.read') });
  if (!figures.data) return null;
  const found = figures.data.items.find((each) => each.channel === channel && each.templateId === templateId);
  if (!found) return <p className="hint">{w('creditsNone')}</p>;
  const ages = found.byAge.flatMap(({ uptoDays, credits }, index) => {
    const from = found.byAge[index - 1]?.uptoDays ?? 0;
    if (credits === 0) return [];
    if (uptoDays === null) return [w('ageOver', { days: from, credits: groupDigits(credits) })];
    return [w('ageUpto', { from, days: uptoDays, credits: groupDigits(credits) })];
  });
  return (
    <dl className="facts" style={{ marginBottom: 12 }}>
      <dt>{w('creditsTitle')}</dt>
      <dd>
        {w('creditsPeople', {
          people: groupDigits(found.people),
          longTerm: groupDigits(found.longTerm),
          credits: groupDigits(found.credits),
        })}
        {ages.length > 0 ? <div className="hint">{w('creditsAge', { ages: ages.join('，') })}</div> : null}
        {found.oldestAt ? <div className="hint">{w('creditsOldest', { at: time.near(found.oldestAt) })}</div> : null}
        {found.usedUp + found.gone > 0 ? (
          <div className="hint">{w('creditsUsedUp', { usedUp: groupDigits(found.usedUp), gone: groupDigits(found.gone) })}</div>
        ) : null}
      </dd>
    </dl>
  );
}
