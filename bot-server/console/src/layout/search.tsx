import { SearchOutlined } from '@ant-design/icons';
import { campaignsApi } from '@suiban/shared/api/campaigns';
import { enterprisesApi } from '@suiban/shared/api/enterprises';
import { questionnairesApi } from '@suiban/shared/api/questionnaires';
import { workOrdersApi } from '@suiban/shared/api/work-orders';
import { Button, Input, Modal } from 'antd';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { useRead } from '../api/hooks';
import { useWords } from '../i18n/language';
import { accountWords } from './account.words';
import { useSession } from './session';

interface Found {
  readonly to: string;
  readonly title: string;
  readonly note: string;
}

const perKind = 5;
const typingMs = 250;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled.trim();
}

/** What the words fit, of every kind the official may read; pages of the console by name. */
function useFound(text: string, pages: readonly { to: string; label: string }[]): { found: readonly Found[]; isPending: boolean } {
  const w = useWords(accountWords);
  const { may } = useSession();
  const q = useSettled(text);
  const query = { q, limit: perKind };
  const ask = (permission: string) => ({ enabled: q.length > 1 && may(permission) });
  const enterprises = useRead(enterprisesApi.listEnterprises, { query }, ask('enterprises.read'));
  const campaigns = useRead(campaignsApi.listCampaigns, { query }, ask('campaigns.read'));
  const questionnaires = useRead(questionnairesApi.listQuestionnaires, { query }, ask('questionnaires.read'));
  const orders = useRead(workOrdersApi.listWorkOrders, { query }, ask('work-orders.read'));
  const fitting = pages.filter((page) => q === '' || page.label.toLowerCase().includes(q.toLowerCase()));
  const found: Found[] = fitting.map((page) => ({ to: page.to, title: page.label, note: w('pages') }));
  if (q.length > 1) {
    for (const each of enterprises.data?.items ?? []) {
      found.push({ to: `/enterprises/${each.id}`, title: each.name, note: `${w('enterprises')} · ${each.creditCode}` });
    }
    for (const each of campaigns.data?.items ?? []) found.push({ to: `/campaigns/${each.id}`, title: each.title, note: w('campaigns') });
    for (const each of questionnaires.data?.items ?? []) {
      found.push({ to: `/questionnaires/${each.id}`, title: each.title, note: w('questionnaires') });
    }
    for (const each of orders.data?.items ?? []) {
      found.push({ to: `/work-orders/${each.id}`, title: each.title, note: `${w('workOrders')} · ${each.number}` });
    }
  }
  const isPending = q !== text.trim() || [enterprises, campaigns, questionnaires, orders].some((read) => read.isFetching);
  return { found, isPending };
}

/** ⌘K or Ctrl+K: one field for everything. */
export function Search({ pages }: { pages: readonly { to: string; label: string }[] }) {
  const w = useWords(accountWords);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyK') return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <Button className="shell-search" icon={<SearchOutlined />} onClick={() => setOpen(true)}>
        {w('search')} <kbd>{/Mac/.test(navigator.platform) ? '⌘K' : 'Ctrl K'}</kbd>
      </Button>
      <Modal
        open={isOpen}
        footer={null}
        closable={false}
        destroyOnHidden
        title={w('search')}
        onCancel={() => setOpen(false)}
        style={{ top: 80 }}
      >
        <SearchField pages={pages} onDone={() => setOpen(false)} />
      </Modal>
    </>
  );
}

function SearchField({ pages, onDone }: { pages: readonly { to: string; label: string }[]; onDone: () => void }) {
  const w = useWords(accountWords);
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const { found, isPending } = useFound(text, pages);
  const current = Math.min(at, found.length - 1);
  const open = (to: string) => {
    onDone();
    navigate(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[current];
    if (step) setAt(Math.max(0, Math.min(found.length - 1, current + step)));
    else if (event.key === 'Enter' && chosen) open(chosen.to);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <Input
        autoFocus
        size="large"
        role="combobox"
        aria-label={w('searchPlaceholder')}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${current}` : undefined}
        prefix={<SearchOutlined aria-hidden />}
        placeholder={w('searchPlaceholder')}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={w('search')} className="search-list">
        {found.map((each, index) => (
          <SearchItem
            key={`${each.to} ${each.note}`}
            id={`${listId}-${index}`}
            found={each}
            isCurrent={index === current}
            onOpen={() => open(each.to)}
          />
        ))}
      </div>
      <p className="hint" role="status">
        {found.length === 0 && !isPending ? w('searchNothing') : w('searchHint')}
      </p>
    </>
  );
}

function SearchItem({ id, found, isCurrent, onOpen }: { id: string; found: Found; isCurrent: boolean; onOpen: () => void }) {
  return (
    <button
      type="button"
      role="option"
      tabIndex={-1}
      id={id}
      aria-selected={isCurrent}
      className={isCurrent ? 'search-item current' : 'search-item'}
      onClick={onOpen}
    >
      <span>{found.title}</span>
      <span className="hint">{found.note}</span>
    </button>
  );
}
