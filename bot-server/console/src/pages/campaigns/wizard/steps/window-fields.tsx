import { formatDuration, systemClock } from '@suiban/shared/time';
import { Button, Flex, Radio } from 'antd';
import { useLanguage, useWords } from '../../../../i18n/language';
import { useTimeText } from '../../../../ui/time-text';
import { closingInDays } from '../default-draft';
import { Field } from '../field';
import { LocalTime } from '../local-time';
import type { Wizard } from '../use-wizard';
import { planWords } from './plan.words';

const closingChoices = [3, 7, 14] as const;
const hourMs = 3_600_000;

/** When sending begins and ends, and until when answers are taken; with the time by which it would be done. */
export function WindowFields({ wizard }: { wizard: Wizard }) {
  const w = useWords(planWords);
  const { zone } = useTimeText();
  const { draft, change, faultsAt } = wizard;
  const set = (part: Partial<typeof draft.window>) => change({ window: { ...draft.window, ...part } });
  const nextHour = () => new Date(Math.ceil((systemClock.now().getTime() + hourMs) / hourMs) * hourMs).toISOString();
  return (
    <>
      <Field label={w('start')} errors={faultsAt('window/startAt')} hint={<Finish wizard={wizard} />}>
        {({ id }) => (
          <Flex gap={16} align="center" wrap>
            <Radio.Group
              id={id}
              value={draft.window.startAt === null ? 'now' : 'at'}
              onChange={(event) => set({ startAt: event.target.value === 'now' ? null : nextHour() })}
              options={[
                { value: 'now', label: w('startNow') },
                { value: 'at', label: w('startAt') },
              ]}
            />
            {draft.window.startAt === null ? null : (
              <LocalTime
                aria-label={w('start')}
                isRequired
                zone={zone}
                value={draft.window.startAt}
                onChange={(at) => (at ? set({ startAt: at }) : undefined)}
              />
            )}
          </Flex>
        )}
      </Field>
      <Flex gap={24} wrap>
        <Field label={w('notAfter')} hint={w('notAfterHint')} errors={faultsAt('window/notAfterAt')}>
          {(field) => (
            <LocalTime
              id={field.id}
              aria-describedby={field['aria-describedby']}
              status={field.status}
              zone={zone}
              value={draft.window.notAfterAt}
              onChange={(notAfterAt) => set({ notAfterAt })}
            />
          )}
        </Field>
        <Closing wizard={wizard} onChange={(closesAt) => set({ closesAt })} />
      </Flex>
    </>
  );
}

function Closing({ wizard, onChange }: { wizard: Wizard; onChange: (at: string) => void }) {
  const w = useWords(planWords);
  const { zone } = useTimeText();
  return (
    <Field label={w('closes')} errors={wizard.faultsAt('window/closesAt')}>
      {(field) => (
        <Flex gap={8} align="center" wrap>
          <LocalTime
            id={field.id}
            aria-describedby={field['aria-describedby']}
            status={field.status}
            isRequired
            zone={zone}
            value={wizard.draft.window.closesAt}
            onChange={(at) => (at ? onChange(at) : undefined)}
          />
          {closingChoices.map((days) => (
            <Button key={days} size="small" onClick={() => onChange(closingInDays(days, systemClock.now(), zone))}>
              {w('inDays', { days })}
            </Button>
          ))}
        </Flex>
      )}
    </Field>
  );
}

function Finish({ wizard }: { wizard: Wizard }) {
  const w = useWords(planWords);
  const { lang } = useLanguage();
  const time = useTimeText();
  const seconds = wizard.reach.data?.expectedSeconds;
  if (seconds === undefined) return null;
  if (seconds < 10) return w('finishAtOnce');
  const begin = wizard.draft.window.startAt ? new Date(wizard.draft.window.startAt) : systemClock.now();
  const end = new Date(begin.getTime() + seconds * 1000).toISOString();
  return w('finish', { length: formatDuration(seconds * 1000, lang), at: time.near(end) });
}
