import { useState } from 'react';
import type { Myself, PersonIdentity } from '@/api/identity';
import { DemoTag } from '@/ui/blocks';
import { Box, Inline, Tap } from '@/ui/elements';
import { ChoiceList } from '@/ui/form';
import { Icon } from '@/ui/icon';
import { Sheet } from '@/ui/sheet';
import { useTexts } from '../language';
import { chooseIdentity, identityKey, identityName, isUnnamed } from '.';
import styles from './identity.module.scss';
import { identityTexts } from './texts';

/** Who one acts as, at the top of the main pages; a tap opens the choice. */
export function IdentityBar({ me, identity }: { me: Myself; identity: PersonIdentity | null }) {
  const t = useTexts(identityTexts);
  const [isOpen, setOpen] = useState(false);
  const kind = (each: PersonIdentity) => t(each.kind);
  // A person without a proved name is shown by the number that is bound.
  const name = (each: PersonIdentity) => (isUnnamed(each) ? (me.mobileMasked ?? t('resident')) : identityName(each));
  const canSwitch = me.identities.length > 1;
  return (
    <>
      <Tap className={styles.bar} isDisabled={!canSwitch} isExpanded={canSwitch ? isOpen : undefined} onTap={() => setOpen(true)}>
        <Inline className={styles.face} isDecoration>
          <Icon name={identity?.kind === 'enterprise' ? 'building' : 'person'} size={24} />
        </Inline>
        <Inline className={styles.who}>
          <Inline className={styles.name}>{identity ? name(identity) : t('none')}</Inline>
          <Inline className={styles.kind}>
            {identity && kind(identity)}
            {identity?.kind === 'enterprise' && identity.isDemo && <DemoTag />}
          </Inline>
        </Inline>
        {canSwitch && (
          <Inline className={styles.switch}>
            <Icon name="swap" size={16} className={styles.switchIcon} />
            {t('switch')}
          </Inline>
        )}
      </Tap>
      {isOpen && (
        <Sheet title={t('switch')} onClose={() => setOpen(false)}>
          <Box as="p" className={styles.hint}>
            {t('hint')}
          </Box>
          <ChoiceList
            name="identity"
            label={t('switch')}
            kind="radio"
            choices={me.identities.map((each) => ({ value: identityKey(each), label: name(each), note: kind(each) }))}
            chosen={identity ? [identityKey(identity)] : []}
            onChange={([key]) => {
              const next = me.identities.find((each) => identityKey(each) === key);
              if (next) chooseIdentity(next);
              setOpen(false);
            }}
          />
        </Sheet>
      )}
    </>
  );
}
