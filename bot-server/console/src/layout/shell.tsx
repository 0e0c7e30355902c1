import {
  AppstoreOutlined,
  AuditOutlined,
  BankOutlined,
  CommentOutlined,
  GlobalOutlined,
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  SendOutlined,
} from '@ant-design/icons';
import { identityApi } from '@suiban/shared/api/identity';
import { useQueryClient } from '@tanstack/react-query';
import { App as AntApp, Avatar, Button, Dropdown, Layout, Menu, type MenuProps, Tag } from 'antd';
import { useState } from 'react';
import { Link, Outlet, useLocation, useNavigate } from 'react-router';
import { useWrite } from '../api/hooks';
import { useLanguage, useWords } from '../i18n/language';
import { usePlaceNames } from '../ui/place-names';
import { accountWords } from './account.words';
import { Brand } from './brand';
import { useColourMode } from './colour-mode';
import { DeviceNotice } from './device-notice';
import { PasswordDialog } from './password-dialog';
import { Search } from './search';
import { useSession } from './session';
import { roleLabel, shellWords } from './shell.words';

interface Entry {
  to: string;
  label: string;
  permission: string;
}

function useGroups() {
  const w = useWords(shellWords);
  const { may } = useSession();
  const groups: { key: string; label: string; icon: React.ReactNode; entries: Entry[] }[] = [
    {
      key: 'workbench',
      label: w('workbench'),
      icon: <AppstoreOutlined />,
      entries: [{ to: '/', label: w('workbench'), permission: 'workbench.read' }],
    },
    {
      key: 'outreach',
      label: w('outreach'),
      icon: <SendOutlined />,
      entries: [
        { to: '/campaigns', label: w('campaigns'), permission: 'campaigns.read' },
        { to: '/questionnaires', label: w('questionnaires'), permission: 'questionnaires.read' },
      ],
    },
    {
      key: 'enterprises',
      label: w('enterprises'),
      icon: <BankOutlined />,
      entries: [
        { to: '/enterprises', label: w('enterpriseList'), permission: 'enterprises.read' },
        { to: '/imports', label: w('imports'), permission: 'enterprises.import' },
      ],
    },
    {
      key: 'work-orders',
      label: w('workOrders'),
      icon: <CommentOutlined />,
      entries: [
        { to: '/work-orders', label: w('workOrders'), permission: 'work-orders.read' },
        { to: '/conversations', label: w('conversations'), permission: 'conversations.read' },
      ],
    },
    { key: 'audit', label: w('audit'), icon: <AuditOutlined />, entries: [{ to: '/audit', label: w('audit'), permission: 'audit.read' }] },
  ];
  return groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => may(entry.permission)) }))
    .filter((group) => group.entries.length > 0);
}

function Navigation({ isFolded }: { isFolded: boolean }) {
  const groups = useGroups();
  const { pathname } = useLocation();
  const active = groups
    .flatMap((group) => group.entries)
    .filter((entry) => (entry.to === '/' ? pathname === '/' : pathname.startsWith(entry.to)));
  const items: MenuProps['items'] = groups.map((group) => {
    const [first] = group.entries;
    if (group.entries.length === 1 && first) return { key: first.to, icon: group.icon, label: <Link to={first.to}>{first.label}</Link> };
    return {
      key: group.key,
      icon: group.icon,
      label: group.label,
      children: group.entries.map((entry) => ({ key: entry.to, label: <Link to={entry.to}>{entry.label}</Link> })),
    };
  });
  return (
    <Menu
      mode="inline"
      items={items}
      inlineCollapsed={isFolded}
      selectedKeys={active.map((entry) => entry.to)}
      {...(isFolded ? {} : { defaultOpenKeys: groups.map((group) => group.key) })}
      style={{ borderInlineEnd: 0 }}
    />
  );
}

interface AccountProps {
  isFolded: boolean;
  onFold: () => void;
  onChangePassword: () => void;
}

function Account({ isFolded, onFold, onChangePassword }: AccountProps) {
  const a = useWords(accountWords);
  const groups = useGroups();
  const names = usePlaceNames();
  const w = useWords(shellWords);
  const { lang, setLang } = useLanguage();
  const { me } = useSession();
  const { mode, setMode } = useColourMode();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useWrite(identityApi.signOut, {
    onDone: () => {
      client.clear();
      navigate('/sign-in');
    },
  });
  return (
    <header className="shell-top">
      <Button
        type="text"
        className="shell-fold"
        icon={isFolded ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={w(isFolded ? 'unfold' : 'fold')}
        title={w(isFolded ? 'unfold' : 'fold')}
        onClick={onFold}
      />
      <Search pages={groups.flatMap((group) => group.entries)} />
      <span className="hint">{names.bureau(me.bureauId) ?? me.bureauName}</span>
      <Button
        type="text"
        icon={<GlobalOutlined />}
        onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}
        lang={lang === 'zh' ? 'en' : 'zh-CN'}
      >
        {lang === 'zh' ? 'English' : '中文'}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'roles', type: 'group', label: me.roles.map((role) => roleLabel(role, lang)).join(' · ') },
            { key: 'light', label: w('light'), disabled: mode === 'light', onClick: () => setMode('light') },
            { key: 'dark', label: w('dark'), disabled: mode === 'dark', onClick: () => setMode('dark') },
            { key: 'system', label: w('followSystem'), disabled: mode === 'system', onClick: () => setMode('system') },
            { type: 'divider' },
            ...(me.isDemo ? [] : [{ key: 'password', label: a('changePassword'), onClick: onChangePassword }]),
            { key: 'out', label: w('signOut'), onClick: () => signOut.mutate({}) },
          ],
        }}
      >
        <Button type="text" title={w('account', { name: me.name })}>
          <Avatar size={24} aria-hidden style={{ background: 'var(--primary)', color: 'var(--on-primary)' }}>
            {me.name.slice(0, 1)}
          </Avatar>
          {me.name}
        </Button>
      </Dropdown>
    </header>
  );
}

/** The designer needs the width: there the navigation is folded until it is asked for. */
const isWide = (pathname: string): boolean => /^\/questionnaires\/(?!import$)[^/]+$/.test(pathname);

function useFolded() {
  const { pathname } = useLocation();
  const wide = isWide(pathname);
  const [choice, setChoice] = useState<{ wide: boolean; isFolded: boolean } | null>(null);
  const isFolded = choice && choice.wide === wide ? choice.isFolded : wide;
  return { isFolded, fold: () => setChoice({ wide, isFolded: !isFolded }) };
}

/** The frame of the signed-in console. */
export function Shell() {
  const w = useWords(shellWords);
  const { me, city } = useSession();
  const { isFolded, fold } = useFolded();
  const [hasPassword, setPassword] = useState(false);
  return (
    <AntApp>
      <a className="skip-link" href="#content">
        {w('skip')}
      </a>
      <Layout hasSider style={{ minHeight: '100vh' }}>
        <Layout.Sider
          width={220}
          collapsedWidth={64}
          collapsed={isFolded}
          theme="light"
          className="shell-sider"
          style={{ position: 'sticky', top: 0, height: '100vh', borderInlineEnd: '1px solid var(--line)' }}
        >
          <Brand city={city} isFolded={isFolded} />
          <nav aria-label={w('navigation')}>
            <Navigation key={String(isFolded)} isFolded={isFolded} />
          </nav>
          {city.isDemo ? (
            <div className="shell-demo">
              <Tag color="warning">{w(isFolded ? 'demoShort' : 'demo')}</Tag>
              {isFolded ? null : (
                <div className="hint" style={{ marginTop: 4 }}>
                  {w('demoHint')}
                </div>
              )}
            </div>
          ) : null}
        </Layout.Sider>
        <Layout className="shell-main">
          <Account isFolded={isFolded} onFold={fold} onChangePassword={() => setPassword(true)} />
          <DeviceNotice onChangePassword={() => setPassword(true)} />
          <PasswordDialog
            isOpen={hasPassword || me.mustChangePassword}
            isForced={me.mustChangePassword}
            onClose={() => setPassword(false)}
          />
          <main id="content">
            <Outlet />
          </main>
        </Layout>
      </Layout>
    </AntApp>
  );
}
