import { GlobalOutlined } from '@ant-design/icons';
import { cityApi } from '@suiban/shared/api/city';
import { identityApi, type SignInAnswer } from '@suiban/shared/api/identity';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Divider, Flex, Form, Input, Select, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { useRead, useWrite } from '../../api/hooks';
import { useLanguage, useWords } from '../../i18n/language';
import { Mark } from '../../layout/brand';
import { roleLabel } from '../../layout/shell.words';
import { ProblemAlert } from '../../ui/problem-alert';
import { signInWords } from './sign-in.words';

interface Fields {
  username: string;
  password: string;
  code?: string;
}

/** Only paths of this console: an address from outside must not become a redirect. */
const safeNext = (next: string | null): string =>
  next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/sign-in') ? next : '/';

export function SignInPage() {
  const w = useWords(signInWords);
  const { lang, setLang } = useLanguage();
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const client = useQueryClient();
  const city = useRead(cityApi.getCity);
  const [answer, setAnswer] = useState<SignInAnswer | null>(null);
  const signIn = useWrite(identityApi.signIn, {
    onDone: (result) => {
      setAnswer(result);
      if (result.next !== 'done') return;
      client.clear();
      navigate(safeNext(search.get('next')), { replace: true });
    },
  });
  const send = ({ code, ...fields }: Fields) => signIn.mutate({ body: code ? { ...fields, code } : fields });
  const needsCode = answer?.next === 'enter-code' || answer?.next === 'enrol';
  return (
    <main className="sign-in">
      <Flex justify="space-between" align="center" className="sign-in-top">
        <Flex align="center" gap={12}>
          <Mark size={36} />
          <div>
            <div className="sign-in-product">{lang === 'zh' ? city.data?.productName : 'Suiban'}</div>
            <div className="hint">{lang === 'zh' ? city.data?.name : city.data?.nameEn}</div>
          </div>
        </Flex>
        <Button type="text" icon={<GlobalOutlined />} onClick={() => setLang(lang === 'zh' ? 'en' : 'zh')}>
          {w('switchLang')}
        </Button>
      </Flex>
      <Card className="sign-in-card">
        <Typography.Title level={1}>{w('title')}</Typography.Title>
        <p className="page-subtitle">{w('lead')}</p>
        <ProblemAlert problem={signIn.error} />
        {answer ? <SecondFactor answer={answer} /> : null}
        <Form<Fields> layout="vertical" onFinish={send} requiredMark={false}>
          <Form.Item name="username" label={w('username')} rules={[{ required: true, message: w('needUsername') }]}>
            <Input autoComplete="username" autoFocus />
          </Form.Item>
          <Form.Item name="password" label={w('password')} rules={[{ required: true, message: w('needPassword') }]}>
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {needsCode ? (
            <Form.Item name="code" label={w('code')} rules={[{ required: true, pattern: /^\d{6}$/, message: w('needCode') }]}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
            </Form.Item>
          ) : null}
          <Button type="primary" htmlType="submit" size="large" block loading={signIn.isPending}>
            {w('submit')}
          </Button>
        </Form>
        <DemoOfficials isBusy={signIn.isPending} onChoose={send} />
      </Card>
      <footer className="hint">{city.data ? `${city.data.footer.operator} · ${city.data.footer.recordNumber}` : null}</footer>
    </main>
  );
}

/** The password was right: what comes next. */
function SecondFactor({ answer }: { answer: SignInAnswer }) {
  const w = useWords(signInWords);
  if (answer.next === 'enter-code') return <Alert type="info" showIcon title={w('enterCode')} className="sign-in-note" />;
  if (answer.next !== 'enrol') return null;
  return (
    <Alert
      type="info"
      showIcon
      className="sign-in-note"
      title={w('enrol')}
      description={
        <Typography.Text code copyable>
          {answer.secret}
        </Typography.Text>
      }
    />
  );
}

function DemoOfficials({ isBusy, onChoose }: { isBusy: boolean; onChoose: (fields: Fields) => void }) {
  const w = useWords(signInWords);
  const { lang } = useLanguage();
  const demo = useRead(identityApi.listDemoOfficials);
  if (!demo.data || demo.data.items.length === 0) return null;
  const { items } = demo.data;
  const rolesOf = (official: (typeof items)[number]) => official.roles.map((role) => roleLabel(role, lang)).join(' · ');
  const firstOfRole = items.filter((each, at) => items.findIndex((other) => rolesOf(other) === rolesOf(each)) === at);
  const others = items.filter((each) => !firstOfRole.includes(each));
  const enter = ({ username, password }: (typeof items)[number]) => onChoose({ username, password });
  return (
    <>
      <Divider plain>{w('demoTitle')}</Divider>
      <p className="hint">{w('demoNote')}</p>
      <div className="sign-in-demo">
        {firstOfRole.map((official) => (
          <Button key={official.username} disabled={isBusy} onClick={() => enter(official)}>
            <span>
              {rolesOf(official)}
              <small>{official.bureauName}</small>
            </span>
          </Button>
        ))}
      </div>
      {others.length > 0 ? (
        <Select
          className="sign-in-others"
          aria-label={w('moreDemo')}
          placeholder={w('moreDemo')}
          disabled={isBusy}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(username: string | null) => {
            const official = others.find((each) => each.username === username);
            if (official) enter(official);
          }}
          options={others.map((official) => ({ value: official.username, label: `${rolesOf(official)} · ${official.bureauName}` }))}
        />
      ) : null}
    </>
  );
}
